"""Parameters of every kind bound from arguments of every kind, with the counts of what is passed."""
import sys


def shapes(a, b=2, c=3, *rest, scale=1, **others):
    return a, b, c, rest, scale, others


def counted(a, *rest, key=None, **others):
    return sys.getrefcount(a), [sys.getrefcount(x) for x in rest], key is None or sys.getrefcount(key), sorted(others)


def only(*, x, y=5):
    return x, y


def first(a, b, /, c):
    return a, b, c


def many(a, b, c, d, e, f, g, h, i, j, k, l, m, n=1, *, o=2):
    return a, m, n, o


class Name(str):
    pass


print(shapes(1), shapes(1, 4), shapes(1, c=7), shapes(1, 1, 2, 3, 4, scale=2), shapes(b=1, a=2), shapes(1, z=3, y=4))
probe = []
print(counted(probe), counted(probe, probe), counted(probe, key=probe), counted(probe, probe, probe, key=[], q=probe))
print(sys.getrefcount(probe), only(x=1), only(y=1, x=2), first(1, 2, c=3), many(*range(13)), many(*range(14), o=7))
print(shapes(1, **{Name("q"): 1, "scale": 4}), shapes(**{Name("a"): 1}))
for function, arguments, keywords in [
    (shapes, (), {}), (shapes, (1,), {"a": 2}), (only, (1,), {}), (only, (), {}), (only, (), {"x": 1, "z": 2}),
    (first, (1,), {"b": 2, "c": 3}), (first, (1, 2), {}), (first, (1, 2, 3, 4), {}), (many, (), {}), (first, (), {"a": 1}),
]:
    try:
        print(function(*arguments, **keywords))
    except TypeError as error:
        print(error)
try:
    shapes(1, 2, b=3)
except TypeError as error:
    print(error)
shapes.__defaults__ = (8, 9)
shapes.__kwdefaults__ = None
try:
    print(shapes(1, scale=0), shapes(1))
except TypeError as error:
    print(error)
first.__defaults__ = (1, 2, 3, 4)
print(first(), first(7))
print(range(5, 1, -2), len(range(-2**62, 2**62, 3)), len(range(2**63, -2**63, -2**62)), list(range(2**63 - 3, 2**63 + 1)))
print(float(7), float(2**53 + 1), float(-3), str("x"), int(3.9), list(range(3)), type(5))
