"""Calls of built-in types that take a short way: results, errors, subclasses, and what a call counts."""
import sys


class Loud(list):
    def __iter__(self):
        print("iter", sys.getrefcount(self))
        return super().__iter__()


class Text:
    def __str__(self):
        return f"text {sys.getrefcount(self)}"

    def __int__(self):
        return sys.getrefcount(self)

    def __index__(self):
        return 3


print(tuple(), list(), set(), dict(), str(), int(), range(3), list(enumerate("ab")))
print(tuple([1]), list((1, 2)), set("a"), str(1.5), str("x"), int("7"), int(2.5), list(range(2, 5)), str(True), int(True))
print(tuple(Loud([1])), list(Loud([2])), set(Loud([3])), list(enumerate(Loud([4]))))
print(str(Text()), int(Text()), range(Text()), list(range(True, Text())))
for call in (
    lambda: tuple(1), lambda: tuple(1, 2), lambda: list(1), lambda: list(1, 2), lambda: set(1), lambda: set(1, 2),
    lambda: dict(1), lambda: range(), lambda: range(1.5), lambda: range(1, 2, 0), lambda: range("a"),
    lambda: range(1, 2, 3, 4), lambda: str(1, 2), lambda: int([]), lambda: int("x"), lambda: enumerate(),
    lambda: enumerate(1), lambda: tuple(a=1), lambda: list(a=1), lambda: int("7", 8), lambda: str(b"x", "ascii"),
    lambda: range(stop=1), lambda: int(x=1), lambda: str(object="y"), lambda: set([[]]),
):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)
for many in (range(2**40), range(-(2**31), 2**31), range(2**62, 2**63), range(5, 2), range(-3), range(2**64)):
    print(many, bool(many), next(iter(many), None))
print(sys.getsizeof(range(3)), sys.getrefcount(range(9).stop) > 1)


class Numbers(tuple):
    pass


print(type(Numbers([1])), Numbers((2,)), type(tuple(Numbers([1]))))


def deep(n):
    return tuple(deep(n + 1) for _ in range(1))


try:
    deep(0)
except RecursionError:
    print("too deep")
print(-5, [-x for x in (1, -1, 0, 300, -300, 2**30, -(2**30), 2**70, True, 2.5, -0.0)])
