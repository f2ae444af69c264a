# What types and descriptors say of themselves.
import sys
import types
from array import array
from collections import deque

print(type.__doc__)
print(int.__doc__[:30], object.__doc__[:30])


class Meta(type):
    pass


class Documented(type):
    "A metaclass."


print(Meta.__doc__, Documented.__doc__, Documented("A", (), {}).__doc__)
print(types.SimpleNamespace.__repr__, types.SimpleNamespace().__repr__.__name__)
print(deque.append, deque.maxlen, deque.__len__, array.append, array.typecode, array.__len__)
print(type.__dict__["__doc__"], types.FunctionType.__code__, types.MethodType.__func__)
for kind in (int, deque, array):
    for action in (lambda: setattr(kind, "x", 1), lambda: delattr(kind, "append")):
        try:
            action()
        except TypeError as error:
            print(error)
try:
    deque().maxlen = 3
except AttributeError as error:
    print(error)
try:
    super(int).__init__(1)
except TypeError as error:
    print(error)
try:
    super(1)
except TypeError as error:
    print(error)
