import sys
for action in [
    lambda: (1,) + [1], lambda: (1,) * "a", lambda: (1,)[4], lambda: (1,).__getitem__("a"), lambda: (1,).index(2),
    lambda: tuple(1), lambda: tuple(1, 2), lambda: tuple(x=1), lambda: (1,) < [1], lambda: (1, 2) < (1, 3),
    lambda: (1, 2)[::-1], lambda: (1, 2, 3).index(3, -1), lambda: (1, 2, 1).count(1), lambda: (1, 2) + (3,),
    lambda: (1, 2) * 2, lambda: 0 * (1,), lambda: (), lambda: (1,), lambda: tuple("ab"), lambda: (1, (2, (3,))),
    lambda: hash(()), lambda: hash((1, 2, 3)), lambda: hash(("a", 1.5, None is None)), lambda: hash(((), ((),))),
    lambda: hash(([],)), lambda: (1, 2).__getnewargs__(), lambda: () is tuple(), lambda: (1,) == (1.0,),
    lambda: (1, 2) == (1,), lambda: (1, 2) > (1,), lambda: (float("nan"),) == (float("nan"),), lambda: tuple[int],
    lambda: (1,) * 2**62, lambda: (1,) * -5, lambda: 2 in (1, 2), lambda: (1,)["a":], lambda: () < (), lambda: () >= (),
]:
    try:
        print(repr(action()))
    except BaseException as error:
        print(type(error).__name__ + ":", error)
t = (1, 2, 3)
print(t[:] is t, tuple(t) is t, t + () is t, () + t is t, t * 1 is t, t[3:] is (), t * 0 is ())
n = float("nan"); print((n,) == (n,), (n,) < (n,))
x = ([],); x[0].append(x); print(x)


class Sub(tuple):
    pass


s = Sub([1, 2]); s.attribute = 1
print(s, type(s[:]), type(s + ()), type(s * 1), type(tuple(s)), s == (1, 2), hash(s) == hash((1, 2)), Sub((3,)), Sub())
print([sys.getsizeof((0,) * n) for n in range(5)])
print(sorted(set(dir(tuple)) - set(dir(object))))


class Point(tuple):
    __slots__ = ()
    def __new__(cls, x, y): return super().__new__(cls, (x, y))
    @property
    def x(self): return self[0]


print(Point(1, 2), Point(1, 2).x)


class Eq:
    def __init__(self, name): self.name = name
    def __eq__(self, other): print("eq", self.name, other.name); return True
    def __lt__(self, other): print("lt", self.name, other.name); return True
    __hash__ = None


print((Eq("a"), Eq("b")) == (Eq("c"), Eq("d")), (Eq("a"),) < (Eq("c"), Eq("d")), (Eq("a"),) == (Eq("c"), Eq("d")))
print(Eq("q") in (Eq("a"), Eq("b")), (Eq("x"), Eq("y")).index(Eq("z")))
