# A call of a class packs its arguments: while __init__ runs the caller and the copies hold them as well.
import sys

rc = sys.getrefcount


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("~" + self.name, end=" ")


class Many:
    def __init__(self, first, second=None, *rest, named=None, **others):
        counts = [rc(thing) for thing in (first, second, named) if thing is not None]
        print(rc(self), counts, rc(rest) if rest else 0, rc(others), rc(Many))
        if first == 1:
            raise ValueError


class Few:
    def __init__(self, first, second=None):
        print(rc(self), rc(first) if type(first) is not int else 0, rc(second) if second is not None else 0)
        if type(first) is int:
            raise ValueError


class Space:
    many = Many


def counts(one, two):
    Many(one)
    Many(one, two)
    Many(first=one, second=two)
    Many(one, second=two)
    Many(one, two, one, named=two, other=one)
    Many(*[one])
    Many(*(one, two))
    Many(**{"first": one})
    Many(one, *[two], **{"other": two})
    Space.many(one, second=two)
    Space().many(one)
    list(map(Many, [one]))


def deaths():
    Few(Told("a"), Told("b"))
    Few(first=Told("c"), second=Told("d"))
    for broken in (lambda: Few(1, Told("e")), lambda: Few(1, second=Told("f")), lambda: Few(Told("g"), Told("h"), Told("i"))):
        try:
            broken()
        except (ValueError, TypeError) as error:
            print(type(error).__name__)


def not_none():
    class Yields:
        def __init__(self, thing):
            yield thing

    class Returns:
        def __init__(self, thing):
            return 1

    for kind in (Yields, Returns):
        try:
            kind(Told("j"))
        except TypeError as error:
            print(error)


counts([], {})
deaths()
not_none()
