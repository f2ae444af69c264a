"""Means, medians and how far the values lie apart.

Sums of integers and floats are exact: they are kept as fractions, and rounded once at the end.
"""

import math
import numbers
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from itertools import repeat
from operator import mul

__all__ = ["NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean",
           "linear_regression", "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode",
           "pstdev", "pvariance", "quantiles", "stdev", "variance"]

_ROOT_OF_TWO = math.sqrt(2.0)


class StatisticsError(ValueError):
    """There is no such number for these values."""


# Fractions: pairs of a numerator and a positive denominator. Where a value is no number or infinite, the denominator
# is None and the numerator the float.

def _fraction(x):
    try:
        return x.as_integer_ratio()
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator") from None
    except (OverflowError, ValueError):
        return x, None


def _joined_type(first, second):
    """The type that results of values of both types have."""
    if first is second or second in (int, bool):
        return first
    if first is int:
        return second
    for one, other in ((first, second), (second, first)):
        if issubclass(other, one):
            return other
    for one, other in ((first, second), (second, first)):
        if issubclass(one, int):
            return other
    raise TypeError(f"don't know how to coerce {first.__name__} and {second.__name__}")


def _total(by_denominator):
    """The sum of fractions that are gathered by their denominators."""
    if None in by_denominator:
        return by_denominator[None], None
    whole = math.lcm(*by_denominator)
    return sum(n * (whole // d) for d, n in by_denominator.items()), whole


def _sum(data):
    """The type of the result, the sum as a fraction, and how many values there are."""
    count, kinds, parts = 0, {}, {}
    for x in data:
        n, d = _fraction(x)
        count += 1
        kinds[type(x)] = None
        parts[d] = parts.get(d, 0) + n
    return _common_type(kinds), _total(parts), count


def _common_type(kinds):
    kind = int
    for other in kinds:
        kind = _joined_type(kind, other)
    return kind


def _converted(n, d, kind):
    """A fraction as a number of a type; as a float where it is no integer and the type has only those."""
    if d is None:
        return n if type(n) is kind else kind(n)
    if issubclass(kind, int):
        return kind(n // d) if n % d == 0 else n / d
    return kind(n / d)


def _squares(data, center):
    """The type of the result, the sum of the squares of the distances to the center as a fraction, and the count."""
    if center is not None:
        return _sum((distance := x - center) * distance for x in data)
    count, kinds, plain, squared = 0, {}, {}, {}
    for x in data:
        n, d = _fraction(x)
        count += 1
        kinds[type(x)] = None
        plain[d] = plain.get(d, 0) + n
        square = None if d is None else d * d
        squared[square] = squared.get(square, 0) + n * n
    if None in plain:
        return _common_type(kinds), (plain[None], None), count
    (n, d), (sn, sd) = _total(plain), _total(squared)
    # count * squares - sum ** 2, divided by the count
    return _common_type(kinds), ((count * sn * d * d - n * n * sd), max(sd * d * d * count, 1)), count


def _root(n, d):
    """The square root of a fraction, rounded once."""
    if d is None:
        raise AttributeError("'float' object has no attribute 'numerator'")
    # So many bits that the root has some more than a float; the last one tells whether something is cut off.
    shift = max(0, 2 * 60 - n.bit_length() + d.bit_length() + 1) // 2
    scaled = n << 2 * shift
    root = math.isqrt(scaled // d)
    root = root << 1 | (root * root * d != scaled)
    return root / (1 << shift + 1)


# Where the values are.

def mean(data):
    """The sum of the values divided by their number."""
    kind, (n, d), count = _sum(data)
    if count < 1:
        raise StatisticsError("mean requires at least one data point")
    return _converted(n / count if d is None else n, d if d is None else d * count, kind)


def fmean(data, weights=None):
    """The mean in floats, which is faster; values can have weights."""
    data = data if hasattr(data, "__len__") else list(data)
    if weights is None:
        total = math.fsum(data)
        if not len(data):
            raise StatisticsError("fmean requires at least one data point")
        return total / len(data)
    weights = weights if hasattr(weights, "__len__") else list(weights)
    total = math.fsum(map(mul, data, weights))
    if len(data) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    whole = math.fsum(weights)
    if not whole:
        raise StatisticsError("sum of weights must be non-zero")
    return total / whole


def geometric_mean(data):
    """The root of the product of the values."""
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError("geometric mean requires a non-empty dataset containing positive numbers") from None


_NEGATIVE = "harmonic mean does not support negative values"


def _not_negative(values):
    for x in values:
        if x < 0:
            raise StatisticsError(_NEGATIVE)
        yield x


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals."""
    if iter(data) is data:
        data = list(data)
    count = len(data)
    if count < 1:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if count == 1 and weights is None:
        return _single(data[0])
    if weights is None:
        weights, (n, d) = repeat(1, count), (count, 1)
    else:
        weights = list(weights)
        if len(weights) != count:
            raise StatisticsError("Number of weights does not match data size")
        _, (n, d), _ = _sum(_not_negative(weights))
    try:
        kind, (rn, rd), _ = _sum(w / x if w else 0 for w, x in zip(weights, _not_negative(data)))
    except ZeroDivisionError:
        return 0
    if rn <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _converted(n * rd, d * rn, kind) if rd is not None else kind(n / d / rn)


def _single(x):
    if not isinstance(x, numbers.Real):
        raise TypeError("unsupported type")
    if x < 0:
        raise StatisticsError(_NEGATIVE)
    return x


def _in_order(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data


def median(data):
    """The value in the middle, or the mean of the two that stand there."""
    data = _in_order(data)
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def median_low(data):
    """The value in the middle, or the smaller one of two."""
    data = _in_order(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The value in the middle, or the larger one of two."""
    data = _in_order(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1):
    """The middle of values that stand for intervals around them."""
    data = _in_order(data)
    x = data[len(data) // 2]
    below = bisect_left(data, x)
    count = bisect_right(data, x, lo=below) - below
    try:
        interval = float(interval)
        x = float(x)
    except ValueError:
        raise TypeError("Value cannot be converted to a float")
    return x - interval / 2.0 + interval * (len(data) / 2 - below) / count


def mode(data):
    """The value that is there most often; the first one of several."""
    found = Counter(iter(data)).most_common(1)
    if not found:
        raise StatisticsError("no mode for empty data")
    return found[0][0]


def multimode(data):
    """All values that are there most often."""
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    """The n - 1 places that cut the values into n parts of the same size."""
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    count = len(data)
    if count < 2:
        raise StatisticsError("must have at least two data points")
    if method == "inclusive":
        cuts = (divmod(i * (count - 1), n) for i in range(1, n))
        return [(data[j] * (n - rest) + data[j + 1] * rest) / n for j, rest in cuts]
    if method != "exclusive":
        raise ValueError(f"Unknown method: {method!r}")
    found = []
    for i in range(1, n):
        j = min(max(i * (count + 1) // n, 1), count - 1)
        rest = i * (count + 1) - j * n
        found.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
    return found


# How far they lie apart.

def _mean_square(data, center, less, refusal):
    kind, (n, d), count = _squares(data, center)
    if count <= less:
        raise StatisticsError(refusal)
    return kind, n / (count - less) if d is None else n, d if d is None else d * (count - less)


def variance(data, xbar=None):
    """The mean square of the distances to the mean, of values that are a sample."""
    kind, n, d = _mean_square(data, xbar, 1, "variance requires at least two data points")
    return _converted(n, d, kind)


def pvariance(data, mu=None):
    """The mean square of the distances to the mean, of values that are all there are."""
    kind, n, d = _mean_square(data, mu, 0, "pvariance requires at least one data point")
    return _converted(n, d, kind)


def stdev(data, xbar=None):
    """The root of the variance."""
    _, n, d = _mean_square(data, xbar, 1, "stdev requires at least two data points")
    return _root(n, d)


def pstdev(data, mu=None):
    """The root of the variance of values that are all there are."""
    _, n, d = _mean_square(data, mu, 0, "pstdev requires at least one data point")
    return _root(n, d)


# Two measures of the same things.

def _paired(x, y, name):
    if len(y) != len(x):
        raise StatisticsError(f"{name} requires that both inputs have same number of data points")
    if len(x) < 2:
        raise StatisticsError(f"{name} requires at least two data points")


def _distances(values):
    center = math.fsum(values) / len(values)
    return [value - center for value in values]


def covariance(x, y, /):
    """How two measures go together."""
    _paired(x, y, "covariance")
    return math.fsum(map(mul, _distances(x), _distances(y))) / (len(x) - 1)


def correlation(x, y, /):
    """How two measures go together, from -1 to 1."""
    _paired(x, y, "correlation")
    x, y = _distances(x), _distances(y)
    both = math.fsum(map(mul, x, y))
    try:
        return both / math.sqrt(math.fsum(map(mul, x, x)) * math.fsum(map(mul, y, y)))
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant")


LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))


def linear_regression(x, y, /, *, proportional=False):
    """The straight line that lies nearest to the points."""
    _paired(x, y, "linear regression")
    xs, ys = (x, y) if proportional else (_distances(x), _distances(y))
    try:
        slope = math.fsum(map(mul, xs, ys)) / math.fsum(map(mul, xs, xs))
    except ZeroDivisionError:
        raise StatisticsError("x is constant")
    intercept = 0.0 if proportional else math.fsum(y) / len(y) - slope * (math.fsum(x) / len(x))
    return LinearRegression(slope=slope, intercept=intercept)


# The normal distribution.

# Numerators and denominators of Wichura's approximation to its quantiles (algorithm AS 241, Applied Statistics 37,
# 1988): near the middle, further out, and in the far tails; the highest powers first.
_CENTRAL = (
    (2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
        1971.5909503065513, 133.14166789178438, 3.3871328727963665),
    (5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
        687.1870074920579, 42.31333070160091, 1.0),
)
_OUTER = (
    (0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
        5.769497221460691, 4.630337846156546, 1.4234371107496835),
    (1.0507500716444169e-09, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
        1.6763848301838038, 2.053191626637759, 1.0),
)
_FAR = (
    (2.0103343992922881e-07, 2.7115555687434876e-05, 0.0012426609473880784, 0.026532189526576124,
        0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103),
    (2.0442631033899397e-15, 1.421511758316446e-07, 1.8463183175100548e-05, 0.0007868691311456133,
        0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1.0),
)


def _ratio_at(r, polynomials):
    values = []
    for coefficients in polynomials:
        value = 0.0
        for coefficient in coefficients:
            value = value * r + coefficient
        values.append(value)
    return values


def _standard_quantile(p):
    q = p - 0.5
    if abs(q) <= 0.425:
        above, below = _ratio_at(0.180625 - q * q, _CENTRAL)
        return above * q / below
    r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
    above, below = _ratio_at(r - 1.6, _OUTER) if r <= 5.0 else _ratio_at(r - 5.0, _FAR)
    return -(above / below) if q < 0.0 else above / below


class NormalDist:
    """Values that lie around a mean as chance lets them."""

    __slots__ = {"_mu": "Arithmetic mean of a normal distribution",
                 "_sigma": "Standard deviation of a normal distribution"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution that a sample suggests."""
        data = list(data)
        spread = stdev(data)
        return cls(float(mean(data)), spread)

    def samples(self, n, *, seed=None):
        """So many values that are drawn from it."""
        import random
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def _need_width(self, name):
        if not self._sigma:
            raise StatisticsError(f"{name}() not defined when sigma is zero")

    def pdf(self, x):
        """How dense the values lie at x."""
        self._need_width("pdf")
        diff, variance = x - self._mu, self._sigma * self._sigma
        return math.exp(diff * diff / (-2.0 * variance)) / math.sqrt(math.tau * variance)

    def cdf(self, x):
        """How many of the values lie below x."""
        self._need_width("cdf")
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * _ROOT_OF_TWO)))

    def inv_cdf(self, p):
        """The x below which this part of the values lies."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return self._mu + _standard_quantile(p) * self._sigma

    def quantiles(self, n=4):
        """The places that cut it into n parts of the same size."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """The part that two distributions have in common."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        x, y = sorted((self, other), key=lambda it: (it._sigma, it._mu))
        if not x.variance or not y.variance:
            raise StatisticsError("overlap() not defined when sigma is zero")
        wider, apart = y.variance - x.variance, abs(y._mu - x._mu)
        if not wider:
            return 1.0 - math.erf(apart / (2.0 * x._sigma * _ROOT_OF_TWO))
        a = x._mu * y.variance - y._mu * x.variance
        b = x._sigma * y._sigma * math.sqrt(apart * apart + wider * math.log(y.variance / x.variance))
        crossings = (a + b) / wider, (a - b) / wider
        first, second = [abs(y.cdf(at) - x.cdf(at)) for at in crossings]
        return 1.0 - (first + second)

    def zscore(self, x):
        """How many standard deviations x lies above the mean."""
        self._need_width("zscore")
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        """The mean."""
        return self._mu

    median = property(mean.fget)
    mode = property(mean.fget)

    @property
    def stdev(self):
        """The standard deviation."""
        return self._sigma

    @property
    def variance(self):
        """The square of the standard deviation."""
        return self._sigma * self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * math.fabs(other))

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / math.fabs(other))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__

    def __rsub__(self, other):
        return -(self - other)

    __rmul__ = __mul__

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"
