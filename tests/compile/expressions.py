"""documentation"""
folded = 60 * 60 * 24, -1, "a" * 3, (1, 2)[0], not 0, 2 ** 10, 1 << 3, 10 / 4
kept = 1 // 0, 2 ** 1000, "a" * 5000


def arithmetic(x, y, f):
    x = x + 1
    y = x + y * 2 - -x
    z = x + f()
    w = x + (x := 1)
    x += y
    f.count += 1
    y[x] += x
    f()[0] -= 1
    return z @ w


def comparisons(a, b, c):
    if a < b:
        a = 0 <= b < 10
    if a < f() <= c or not b is None:
        b = a in [1, 2, 3]
    c = not a in {1, 2, 3}
    return a if b and c else a or b


def displays(a, *b, **c):
    [a, 1, *b, 2]
    {a, *b}
    {1, 2, 3}
    {"a": 1, **c, "b": a}
    (a, *b)
    f(a, *b, k=1, **c)
    a.m(1, k=2)
    return a[1:2], a[b, 1], a[0], a[:, ::2]


def text(a, w):
    return f"{a!r:>{w}} and {a}{{}}", f"", f"{a}"


def unsure(flag):
    if flag:
        x = 1
    print(x + 1, x + 2)
    del x
