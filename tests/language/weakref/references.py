"""weakref.ref: sharing, calling, hash, equality, repr, errors."""
import weakref


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


class A:
    def __init__(self, n=0):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __hash__(self):
        return self.n


def masked(object):
    words = repr(object).split()
    return " ".join("ADDRESS" + w[w.index("0x"):].lstrip("0123456789abcdefx") if "0x" in w else w for w in words)


a = A(5)
r = weakref.ref(a)
print(r is weakref.ref(a), r() is a, r.__callback__)
print(r is weakref.ref(a, None), r is weakref.ref(a, print), weakref.ref(a, print).__callback__)
print(weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r])
print(masked(r), masked(weakref.ref(show)), masked(weakref.ref(A)))
same = A(5)
s = weakref.ref(same)
print(r == s, r != s, hash(r), r == 5, r != 5)
show(lambda: r < s)
del same
print(r == s, s == s, r != s, s() is None)
show(lambda: hash(s))
print(masked(s))
del a
print(hash(r), masked(r))
show(lambda: weakref.ref())
show(lambda: weakref.ref(A(), 1, 2))
keep = A()
show(lambda: weakref.ref(keep, callback=None))
show(lambda: weakref.ref(keep)(1))
show(lambda: weakref.ref(keep)(x=1))
for value in (1, "text", (), None, 1.5, b"", True, object(), range(3), slice(1)):
    show(lambda: weakref.ref(value))
show(lambda: weakref.ref[int])
show(lambda: weakref.ref.__new__(int, keep))
print(weakref.ref, weakref.ReferenceType is weakref.ref, weakref.ref.__module__, weakref.ref.__name__)
print([name for name in dir(weakref.ref) if name not in dir(object)])


class Sub(weakref.ref):
    pass


one, two = Sub(keep), Sub(keep)
print(one is two, one == two, one() is keep, type(one).__name__)
one.extra = 3
print(one.extra, weakref.getweakrefcount(keep))
