# The room that an array takes when it grows and shrinks.
import gc
import sys
from array import array
import weakref

for code in "bhiq":
    a = array(code)
    sizes = [sys.getsizeof(a)]
    for step in range(200):
        a.append(1)
        if sizes[-1] != sys.getsizeof(a):
            sizes.append(sys.getsizeof(a))
    while a:
        a.pop()
        if sizes[-1] != sys.getsizeof(a):
            sizes.append(sys.getsizeof(a))
    print(code, sizes)


class Row(array):
    pass


class Lean(array):
    __slots__ = ()


print(sys.getsizeof(array("i", [1, 2, 3])), sys.getsizeof(array("i", (1, 2))), sys.getsizeof(array("i", range(10))))
print(sys.getsizeof(array("i", b"abcdefgh")), sys.getsizeof(array("u", "abc")), sys.getsizeof(array("d", array("d", [1]))))
print(sys.getsizeof(Row("i", [1, 2, 3])), sys.getsizeof(Lean("i", [1, 2, 3])))
a = array("i", range(40))
for cut in (35, 30, 10, 3, 0):
    del a[cut:]
    print(cut, sys.getsizeof(a))
a.extend(range(5))
print(sys.getsizeof(a), sys.getsizeof(a * 3), sys.getsizeof(a + a), sys.getsizeof(a[1:3]))
a *= 5
print(sys.getsizeof(a))
a *= 0
print(sys.getsizeof(a))
a.fromlist([1, 2, 3])
print(sys.getsizeof(a))
try:
    a.fromlist([4] * 50 + ["x"])
except TypeError as error:
    print(error, a, sys.getsizeof(a))
a.frombytes(b"abcdefgh")
print(sys.getsizeof(a), sys.getsizeof(iter(a)), gc.is_tracked(a), a.buffer_info()[1])
reference = weakref.ref(a)
print(reference() is a)
del a
print(reference())
