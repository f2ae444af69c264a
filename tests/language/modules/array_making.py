# How arrays are made, and the texts of errors.
from array import array

def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


attempt(array)
attempt(array, 1)
attempt(array, "ab")
attempt(array, "x")
attempt(array, b"i")
attempt(array, "i", 1)
attempt(array, "i", [1], 2)
attempt(array, typecode="i")
attempt(array, "i", "abc")
attempt(array, "i", array("u", "ab"))
attempt(array, "u", [1])
attempt(array, "u", "text")
attempt(array, "i", {1: 2})
attempt(array, "i", iter([1, 2]))
attempt(array, "B", bytearray(b"ab"))
attempt(array, "h", b"abc")
attempt(array, "u", memoryview(b"a"))
attempt(array, "B", memoryview(b"ab"))
attempt(array, "I", array("h", [1, 2]))
attempt(array, "I", array("h", [-1]))
attempt(array, "Q", (2**64 - 1,))


class Row(array):
    pass


class Lean(array):
    __slots__ = ()


row = Row("i", [1])
print(row, type(row + row), type(row * 2), type(row[:]), row.__copy__())
row.note = 1
print(vars(row), row.__reduce_ex__(2))
attempt(Row, "i", [1], keyword=1)
attempt(array.__new__, int, "i")
attempt(array.__new__)
attempt(object.__new__, array)
attempt(setattr, array("i"), "x", 1)
attempt(setattr, array, "x", 1)
attempt(setattr, array("i"), "itemsize", 1)
attempt(hash, array("i"))
print(sorted(set(dir(array)) - set(dir(object))))
print(array.__mro__, array.__module__, array.__name__)

import collections.abc
import copy

print(isinstance(row, collections.abc.MutableSequence), copy.copy(row), copy.deepcopy(array("d", [1.5])))
match array("i", [1, 2]):
    case [first, second]:
        print(first, second)
