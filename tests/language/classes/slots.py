import sys


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


p = Point(1)
print(p.x, hasattr(p, "y"), hasattr(p, "__dict__"), sys.getsizeof(p))
for action in (lambda: p.y, lambda: setattr(p, "z", 1), lambda: delattr(p, "y")):
    try:
        action()
    except AttributeError as error:
        print(error)
print(type(Point.x).__name__)


class Open(Point):
    pass


o = Open(2)
o.z = 3
print(o.__dict__, o.x)
try:
    class Wrong:
        __slots__ = ("a",)
        a = 1
except ValueError as error:
    print(error)
try:
    class Both(Point, Exception):
        pass
except TypeError as error:
    print(error)
