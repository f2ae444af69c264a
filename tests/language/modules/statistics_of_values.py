"""Means, medians, spreads and lines, of integers, floats and what is neither; all to the last digit."""
import random
import statistics as st


def t(f, *a, **k):
    try: r = getattr(st, f)(*a, **k); print(f, a if len(str(a)) < 60 else "...", k, "->", repr(r))
    except Exception as e: print(f, a if len(str(a)) < 60 else "...", k, type(e).__name__, e)
one = ["mean", "fmean", "geometric_mean", "harmonic_mean", "median", "median_low", "median_high", "median_grouped", "mode", "multimode", "quantiles", "variance", "pvariance", "stdev", "pstdev"]
rng = random.Random(5)
sets = [[], [1], [1, 2], [1, 2, 3, 4], [1, 3], [2.5, 3.5, 1], [True, False, 1], [0.1] * 10, [1e308, 1e308], [1e-320, 3], [10**20, 1, 3], [-1, 2], [0, 1], [1, 1, 2, 2, 3], "aabbc", ["b", "a"], [None], [1, "a"], [float("inf"), 1], [float("nan"), 1], [1j, 2], [rng.gauss(10, 3) for _ in range(50)], [rng.randint(1, 6) for _ in range(41)], [rng.random() * 10 ** rng.randint(-8, 8) for _ in range(33)], [3, 3, 3], [1.5], (4, 5), {1, 2, 9}]
for f in one:
    for s in sets:
        if f in ("stdev", "pstdev") and isinstance(s, list) and s and (s[0] != s[0] or s[0] in (float("inf"), 1e308)): continue
        t(f, s)
    t(f, 5)
t("fmean", [1, 2], weights=[3, 1]); t("fmean", [1, 2], weights=[3]); t("fmean", [1, 2], [0, 0])
t("harmonic_mean", [40, 60], weights=[5, 30]); t("harmonic_mean", [40, 60], [1]); t("harmonic_mean", [40, 60], [0, 0]); t("harmonic_mean", [2.5, 3, 10]); t("harmonic_mean", [1, 2], [-1, 2])
for n in (1, 2, 3, 4, 5, 10, 0, -1):
    for m in ("exclusive", "inclusive", "x"): t("quantiles", [1, 5, 2, 8, 3, 9.5, 4], n=n, method=m); t("quantiles", [1, 2], n=n, method=m)
t("median_grouped", [1, 2, 2, 3, 4, 4, 4, 5], interval=2); t("median_grouped", ["1", "2"]); t("median_grouped", [1, 2], "x")
t("variance", [1, 2, 3], 2); t("pvariance", [1, 2, 3.5], mu=2); t("stdev", [1, 2, 4], 2); t("pstdev", [1.5, 2.5], xbar=1)
for x, y in (([1, 2, 3], [1, 2, 4]), ([1, 2], [1]), ([1], [2]), ([1, 1], [2, 3]), ([2, 3], [1, 1]), ([1.5, 2.5, 9], [3, 1, 2])):
    for f in ("covariance", "correlation", "linear_regression"): t(f, x, y)
    t("linear_regression", x, y, proportional=True)
class F(float): pass
class I(int): pass
t("mean", [F(1.5), F(2)]); print(type(st.mean([F(1.5), F(2)])).__name__, type(st.mean([I(1), I(3)])).__name__, type(st.mean([I(1), I(2)])).__name__, type(st.median([I(1)])).__name__)
for _ in range(60):
    d = [rng.choice((rng.random(), rng.randint(-9, 9), rng.gauss(0, 1e6), 10 ** rng.randint(-5, 5))) for _ in range(rng.randint(2, 9))]
    print(st.mean(d), st.stdev(d), st.pstdev(d), st.variance(d), st.pvariance(d), st.median(d), st.quantiles(d))
