"""Random numbers by the Mersenne Twister: the sequences that other Pythons give for the same seed."""
# Without a seed the sequence is that of a fixed one: a program does the same on every run.

import math
import _collections_abc

__all__ = ["Random", "SystemRandom", "choice", "choices", "expovariate", "gauss",
           "getrandbits", "getstate", "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint",
           "random", "randrange", "sample", "seed", "setstate", "shuffle", "triangular", "uniform",
           "weibullvariate", "gammavariate", "betavariate", "vonmisesvariate"]

_N = 624
_M = 397
_WORD = 0xffffffff
_UPPER = 0x80000000
_LOWER = 0x7fffffff


def _fractions_of_roots(degree, count):
    """The first 64 bits behind the point of the roots of the first primes."""
    found, number = [], 2
    while len(found) < count:
        if all(number % divisor for divisor in range(2, int(number ** 0.5) + 1)):
            # The root as an integer with 64 bits behind the point, bit by bit.
            root = 0
            for bit in range(69, -1, -1):
                if (root | 1 << bit) ** degree <= number << 64 * degree:
                    root |= 1 << bit
            found.append(root & 0xffffffffffffffff)
        number += 1
    return found


def _sha512(data):
    """The digest SHA-512 (FIPS 180-4), by which texts become seeds."""
    mask = 0xffffffffffffffff

    def turn(x, by):
        return x >> by | x << 64 - by & mask

    constants, state = _fractions_of_roots(3, 80), _fractions_of_roots(2, 8)
    padded = bytes(data) + b"\x80" + bytes((111 - len(data)) % 128) + (8 * len(data)).to_bytes(16, "big")
    for start in range(0, len(padded), 128):
        words = [int.from_bytes(padded[at:at + 8], "big") for at in range(start, start + 128, 8)]
        for t in range(16, 80):
            x, y = words[t - 15], words[t - 2]
            words.append(words[t - 16] + (turn(x, 1) ^ turn(x, 8) ^ x >> 7)
                         + words[t - 7] + (turn(y, 19) ^ turn(y, 61) ^ y >> 6) & mask)
        a, b, c, d, e, f, g, h = state
        for word, constant in zip(words, constants):
            first = h + (turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)) + (e & f ^ ~e & g) + constant + word
            second = (turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)) + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = first + second & mask, a, b, c, d + first & mask, e, f, g
        state = [old + new & mask for old, new in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join(word.to_bytes(8, "big") for word in state)


class Random:
    """A source of random numbers of its own."""

    VERSION = 3

    def __init__(self, x=None):
        self.seed(x)
        self.gauss_next = None

    def seed(self, a=None, version=2):
        """Start the sequence that belongs to a seed."""
        if a is None:
            a = 0
        elif isinstance(a, (str, bytes, bytearray)):
            if version == 2:
                if isinstance(a, str):
                    a = a.encode()
                a = int.from_bytes(a + _sha512(a), "big")
            else:
                a = _hash_of_version_1(a.decode("latin-1") if isinstance(a, bytes) else a)
        elif isinstance(a, float):
            a = hash(a) & 0xffffffffffffffff
        elif not isinstance(a, int):
            raise TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
        self._start_by_integer(abs(a))
        self.gauss_next = None

    def _start_by_integer(self, value):
        key = []
        while value:
            key.append(value & _WORD)
            value >>= 32
        key = key or [0]
        state = _linear_state(19650218)
        i, j = 1, 0
        for _ in range(max(_N, len(key))):
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1664525) + key[j] + j & _WORD
            i += 1
            j += 1
            if i == _N:
                state[0] = state[_N - 1]
                i = 1
            if j == len(key):
                j = 0
        for _ in range(_N - 1):
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1566083941) - i & _WORD
            i += 1
            if i == _N:
                state[0] = state[_N - 1]
                i = 1
        state[0] = _UPPER
        self._state = state
        self._place = _N

    def _twist(self):
        """Make the next 624 words."""
        state = self._state
        for i in range(_N):
            y = state[i] & _UPPER | state[i + 1 - _N] & _LOWER
            state[i] = state[i + _M - _N] ^ y >> 1 ^ (0x9908b0df if y & 1 else 0)
        self._place = 0

    def _word(self):
        if self._place >= _N:
            self._twist()
        y = self._state[self._place]
        self._place += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9d2c5680
        y ^= y << 15 & 0xefc60000
        return y ^ y >> 18

    def random(self):
        """A number x with 0.0 <= x < 1.0."""
        high = self._word() >> 5
        return (high * 67108864.0 + (self._word() >> 6)) * (1.0 / 9007199254740992.0)

    def getrandbits(self, k, /):
        """An integer of k random bits."""
        if not isinstance(k, int):
            raise TypeError(f"'{type(k).__name__}' object cannot be interpreted as an integer")
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        if 0 < k <= 32:
            return self._word() >> 32 - k
        value = shift = 0
        while k > 0:
            word = self._word()
            if k < 32:
                word >>= 32 - k
            value |= word << shift
            shift += 32
            k -= 32
        return value

    def getstate(self):
        """Everything that setstate needs to go on from here."""
        return self.VERSION, tuple(self._state) + (self._place,), self.gauss_next

    def setstate(self, state):
        """Go on from a state of before."""
        version = state[0]
        if version != 3:
            raise ValueError(f"state with version {version} passed to Random.setstate() of version {self.VERSION}")
        _, words, self.gauss_next = state
        if len(words) != _N + 1:
            raise ValueError("state vector is the wrong size")
        self._state = list(words[:-1])
        self._place = words[-1]

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    __getstate__ = getstate
    __setstate__ = setstate

    def _randbelow(self, n):
        """A number below n, each with the same probability."""
        getrandbits = self.getrandbits
        k = n.bit_length()
        r = getrandbits(k)
        while r >= n:
            r = getrandbits(k)
        return r

    def randbytes(self, n):
        """n random bytes."""
        return self.getrandbits(n * 8).to_bytes(n, "little")

    def randrange(self, start, stop=None, step=1):
        """A number of range(start, stop, step)."""
        start = _whole(start, "arg 1")
        if stop is None:
            if step != 1:
                raise TypeError("Missing a non-None stop argument")
            if start > 0:
                return self._randbelow(start)
            raise ValueError("empty range for randrange()")
        stop = _whole(stop, "stop")
        step = _whole(step, "step")
        width = stop - start
        if step == 1:
            if width > 0:
                return start + self._randbelow(width)
            raise ValueError(f"empty range for randrange() ({start}, {stop}, {width})")
        if step > 0:
            n = (width + step - 1) // step
        elif step < 0:
            n = (width + step + 1) // step
        else:
            raise ValueError("zero step for randrange()")
        if n <= 0:
            raise ValueError("empty range for randrange()")
        return start + step * self._randbelow(n)

    def randint(self, a, b):
        """A number n with a <= n <= b."""
        return self.randrange(a, b + 1)

    def choice(self, seq):
        """One item of a sequence."""
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def shuffle(self, x):
        """Bring a list into a random order, in place."""
        randbelow = self._randbelow
        for i in reversed(range(1, len(x))):
            j = randbelow(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        """A list of k items of a population, each chosen once at most."""
        if not isinstance(population, _collections_abc.Sequence):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        n = len(population)
        if counts is not None:
            return self._sample_counted(population, k, list(counts))
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        result = [None] * k
        randbelow = self._randbelow
        # A copy of the population, or a set of the places chosen: whichever is smaller.
        setsize = 21
        if k > 5:
            power = 1
            while power < 3 * k:
                power *= 4
            setsize += power
        if n <= setsize:
            pool = list(population)
            for i in range(k):
                j = randbelow(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
            return result
        selected = set()
        for i in range(k):
            j = randbelow(n)
            while j in selected:
                j = randbelow(n)
            selected.add(j)
            result[i] = population[j]
        return result

    def _sample_counted(self, population, k, counts):
        if len(counts) != len(population):
            raise ValueError("The number of counts does not match the population")
        ends = []
        total = 0
        for count in counts:
            total += count
            ends.append(total)
        if not isinstance(total, int):
            raise TypeError("Counts must be integers")
        if total <= 0:
            raise ValueError("Total of counts must be greater than zero")
        from bisect import bisect
        return [population[bisect(ends, s)] for s in self.sample(range(total), k=k)]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """A list of k items, any of them again and again; weights make some more likely."""
        from bisect import bisect
        random = self.random
        n = len(population)
        if cum_weights is None:
            if weights is None:
                n += 0.0
                return [population[int(random() * n)] for _ in range(k)]
            cum_weights = []
            total = 0
            for weight in weights:
                total = total + weight
                cum_weights.append(total)
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError("Total of weights must be greater than zero")
        if total == float("inf") or total != total:
            raise ValueError("Total of weights must be finite")
        return [population[bisect(cum_weights, random() * total, 0, n - 1)] for _ in range(k)]

    def uniform(self, a, b):
        """A number between a and b."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """A number of the triangular distribution."""
        u = self.random()
        try:
            c = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if u > c:
            u = 1.0 - u
            c = 1.0 - c
            low, high = high, low
        return low + (high - low) * (u * c) ** 0.5

    def normalvariate(self, mu=0.0, sigma=1.0):
        """A number of the normal distribution."""
        from math import exp, log
        magic = 4 * exp(-0.5) / 2.0 ** 0.5
        while True:
            u1 = self.random()
            u2 = 1.0 - self.random()
            z = magic * (u1 - 0.5) / u2
            if z * z / 4.0 <= -log(u2):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """A number of the normal distribution, made in pairs."""
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            from math import cos, log, pi, sin, sqrt
            x2pi = self.random() * (2.0 * pi)
            g2rad = sqrt(-2.0 * log(1.0 - self.random()))
            z = cos(x2pi) * g2rad
            self.gauss_next = sin(x2pi) * g2rad
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """A number whose logarithm is of the normal distribution."""
        from math import exp
        return exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        """A number of the exponential distribution."""
        from math import log
        return -log(1.0 - self.random()) / lambd

    def paretovariate(self, alpha):
        """A number of the Pareto distribution."""
        u = 1.0 - self.random()
        return u ** (-1.0 / alpha)

    def gammavariate(self, alpha, beta):
        """A number of the gamma distribution."""
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        if alpha > 1.0:
            return self._large_gamma(alpha) * beta
        if alpha == 1.0:
            return -math.log(1.0 - self.random()) * beta
        scale = (math.e + alpha) / math.e
        while True:
            p = scale * self.random()
            x = p ** (1.0 / alpha) if p <= 1.0 else -math.log((scale - p) / alpha)
            if self.random() <= (x ** (alpha - 1.0) if p > 1.0 else math.exp(-x)):
                return x * beta

    def _large_gamma(self, alpha):
        # R. C. H. Cheng, The generation of gamma variables with non-integral shape parameters (1977).
        root = math.sqrt(2.0 * alpha - 1.0)
        while True:
            u1 = self.random()
            if not 1e-7 < u1 < 0.9999999:
                continue
            u2 = 1.0 - self.random()
            v = math.log(u1 / (1.0 - u1)) / root
            x = alpha * math.exp(v)
            z = u1 * u1 * u2
            r = alpha - math.log(4.0) + (alpha + root) * v - x
            if r + (1.0 + math.log(4.5)) - 4.5 * z >= 0.0 or r >= math.log(z):
                return x

    def betavariate(self, alpha, beta):
        """A number of the beta distribution."""
        y = self.gammavariate(alpha, 1.0)
        return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0

    def vonmisesvariate(self, mu, kappa):
        """An angle around mu."""
        turn = 2.0 * math.pi
        if kappa <= 1e-6:
            return turn * self.random()
        s = 0.5 / kappa
        r = s + math.sqrt(1.0 + s * s)
        while True:
            z = math.cos(math.pi * self.random())
            d = z / (r + z)
            u = self.random()
            if u < 1.0 - d * d or u <= (1.0 - d) * math.exp(d):
                break
        q = 1.0 / r
        angle = math.acos((q + z) / (1.0 + q * z))
        return (mu + angle if self.random() > 0.5 else mu - angle) % turn

    def weibullvariate(self, alpha, beta):
        """A number of the Weibull distribution."""
        from math import log
        u = 1.0 - self.random()
        return alpha * (-log(u)) ** (1.0 / beta)


def _whole(value, name):
    """An integer of a number that is one; what is no integer by its type is warned of."""
    try:
        return range(value).stop if not isinstance(value, int) else value
    except TypeError:
        pass
    import warnings
    whole = int(value)
    if whole != value:
        warnings.warn("randrange() will raise TypeError in the future", DeprecationWarning, 3)
        raise ValueError(f"non-integer {name} for randrange()")
    warnings.warn("non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in "
                  "a subsequent version", DeprecationWarning, 3)
    return whole


def _linear_state(seed):
    state = [seed]
    for i in range(1, _N):
        state.append(1812433253 * (state[-1] ^ state[-1] >> 30) + i & _WORD)
    return state


def _hash_of_version_1(text):
    x = ord(text[0]) << 7 if text else 0
    for c in map(ord, text):
        x = 1000003 * x ^ c & 0xffffffffffffffff
    return x ^ len(text)


class SystemRandom(Random):
    """Random numbers of the operating system."""

    def random(self):
        return (int.from_bytes(self._bytes(7), "big") >> 3) * 2.0 ** -53

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        count = (k + 7) // 8
        return int.from_bytes(self._bytes(count), "big") >> count * 8 - k

    @staticmethod
    def _bytes(count):
        from os import urandom
        return urandom(count)

    def seed(self, *args, **kwds):
        """Nothing to do: these numbers have no seed."""

    def getstate(self, *args, **kwds):
        raise NotImplementedError("System entropy source does not have state.")

    setstate = getstate


_inst = Random()
seed = _inst.seed
random = _inst.random
uniform = _inst.uniform
triangular = _inst.triangular
randint = _inst.randint
choice = _inst.choice
randrange = _inst.randrange
sample = _inst.sample
shuffle = _inst.shuffle
choices = _inst.choices
normalvariate = _inst.normalvariate
lognormvariate = _inst.lognormvariate
expovariate = _inst.expovariate
gauss = _inst.gauss
paretovariate = _inst.paretovariate
weibullvariate = _inst.weibullvariate
gammavariate = _inst.gammavariate
betavariate = _inst.betavariate
vonmisesvariate = _inst.vonmisesvariate
getstate = _inst.getstate
setstate = _inst.setstate
getrandbits = _inst.getrandbits
randbytes = _inst.randbytes
