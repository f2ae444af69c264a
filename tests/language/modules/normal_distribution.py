"""The normal distribution: densities, quantiles to the last digit, arithmetic, refusals."""
import statistics as st
N = st.NormalDist
a, b = N(10, 2.5), N(12, 4)
for e in ("a", "a + b", "a - b", "a * 3", "3 * a", "a / -2", "5 - a", "1 + a", "-a", "+a", "a == N(10, 2.5)", "a == 5", "hash(a) == hash(N(10, 2.5))", "a.mean, a.median, a.mode, a.stdev, a.variance", "[a.pdf(x) for x in range(20)]", "[a.cdf(x) for x in range(20)]", "[a.inv_cdf(p / 1000) for p in range(1, 1000)]", "[N().inv_cdf(10.0 ** -k) for k in range(1, 300, 7)]", "[N().inv_cdf(1 - 10.0 ** -k) for k in range(1, 16)]", "a.quantiles()", "a.quantiles(10)", "a.overlap(b)", "b.overlap(a)", "a.overlap(N(11, 2.5))", "a.zscore(13)", "N(1, -1)", "N(1, 0).pdf(1)", "N(1, 0).cdf(1)", "N(1, 0).zscore(1)", "N(1, 0).inv_cdf(.5)", "N(1, 0).overlap(a)", "a.overlap(5)", "a.inv_cdf(0)", "a.inv_cdf(1)", "N.from_samples([1, 2, 4, 7.5])", "N.from_samples([1])", "a.samples(4, seed=3)", "N('x')", "N(mu=3)", "a.mu", "a.x", "a * b", "a < b"):
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
try: a.mean = 4
except AttributeError as x: print(x)
