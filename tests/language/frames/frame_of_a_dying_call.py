"""A frame whose locals die can still be asked for; the object made then outlives it without locals.

(CPython 3.11.2 reads freed memory when it is asked for them.)
"""
import gc
import sys

kept = []


class Curious:
    def __init__(self, keep):
        self.keep = keep

    def __del__(self):
        frame = sys._getframe(1)
        if self.keep:
            kept.append(frame)
        print("asked", type(frame).__name__)


def plain():
    x = Curious(False)


def keeping():
    first, second, third = [1], Curious(True), [3]


def failing():
    x = Curious(True)
    raise ValueError("x")


def making():
    x = Curious(True)
    yield 1


before = sys.getrefcount(plain), sys.getrefcount(keeping)
for _ in range(3):
    plain()
    keeping()
try:
    failing()
except ValueError:
    pass
print(list(making()))
print(len(kept))
kept.clear()
gc.collect()
print((sys.getrefcount(plain), sys.getrefcount(keeping)) == before)


def enclosing(keep):
    held = Curious(keep)
    return lambda: held


enclosing(False)()
enclosing(True)()
print(len(kept))
kept.clear()
