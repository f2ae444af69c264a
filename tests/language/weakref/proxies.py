"""Proxies hand everything on to the referent."""
import weakref


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


class Number:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Number({self.n})"

    def other(self, other):
        return other.n if isinstance(other, Number) else other

    def __add__(self, other):
        return self.n + self.other(other)

    def __radd__(self, other):
        return other + self.n

    def __iadd__(self, other):
        self.n += other
        return self

    def __divmod__(self, other):
        return divmod(self.n, other)

    def __pow__(self, other, modulus=None):
        return pow(self.n, self.other(other), modulus)

    def __neg__(self):
        return -self.n

    def __abs__(self):
        return abs(self.n)

    def __invert__(self):
        return ~self.n

    def __int__(self):
        return self.n

    def __float__(self):
        return float(self.n)

    def __index__(self):
        return self.n

    def __bool__(self):
        return self.n > 0

    def __lt__(self, other):
        return self.n < self.other(other)

    def __len__(self):
        return 3

    def __getitem__(self, key):
        return ("item", key)

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("delete", key)

    def __contains__(self, item):
        return item == 7

    def __iter__(self):
        return iter("abc")

    def __reversed__(self):
        return iter("cba")

    def __bytes__(self):
        return b"bytes"

    def __matmul__(self, other):
        return "matmul"


n = Number(6)
p = weakref.proxy(n)
print(type(p), p is weakref.proxy(n), weakref.getweakrefcount(n))
print(p + 1, 1 + p, p + p, divmod(p, 4), pow(p, 2), pow(p, 2, 5), p ** p, -p, abs(p), ~p, p @ 1)
print(int(p), float(p), [10, 20, 30, 40, 50, 60, 70][p], bool(p), not p, p < 7, p < p)
print(len(p), p["k"], 7 in p, 8 in p, list(p), list(reversed(p)), bytes(p), str(p))
p["a"] = 1
del p["b"]
p.attribute = "new"
print(n.attribute, p.attribute, hasattr(p, "missing"), isinstance(p, Number), p.__class__)
del p.attribute
show(lambda: n.attribute)
q = p
q += 4
print(n, q is n)
show(lambda: hash(p))
show(lambda: p())
show(lambda: next(p))
show(lambda: p - 1)
show(lambda: weakref.ProxyType(n))
del n, q
for function in (lambda: p + 1, lambda: 1 + p, lambda: str(p), lambda: p.n, lambda: len(p), lambda: p[0],
                 lambda: bool(p), lambda: p == p, lambda: list(p), lambda: -p, lambda: setattr(p, "x", 1)):
    show(function)


def function(*args, **kwargs):
    return args, kwargs


c = weakref.proxy(function)
print(type(c), c(1, 2, x=3), c.__name__)
del function
show(lambda: c())


def generate():
    yield from range(3)


g = generate()
p = weakref.proxy(g)
print(next(p), next(p), list(p))
print(weakref.ProxyTypes == (weakref.ProxyType, weakref.CallableProxyType))
