# Struct: a format that is read once.
import gc
import sys
import weakref
from struct import Struct

def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


s = Struct("<ih")
print(s.size, s.format, type(s), sys.getsizeof(s), s.__sizeof__(), gc.is_tracked(s))
attempt(s.pack, 1, 2)
attempt(s.pack, 1)
attempt(s.unpack, b"abcdef")
attempt(s.unpack, b"a")
attempt(s.unpack)
attempt(s.unpack_from, b"abcdefgh", 2)
attempt(s.unpack_from, b"abc")
attempt(s.unpack_from, buffer=b"abcdef", offset=0)
attempt(s.pack_into, bytearray(6), 0, 1, 2)
attempt(s.pack_into, bytearray(6))
attempt(s.pack_into)
attempt(lambda: list(s.iter_unpack(b"abcdefabcdef")))
attempt(s.iter_unpack, b"abcde")
attempt(Struct)
attempt(Struct, 1)
attempt(Struct, "y")
attempt(Struct, "i", "j")
attempt(Struct, x="i")
attempt(lambda: Struct(format="i").format)
attempt(lambda: Struct(b"<i").format)
attempt(setattr, s, "size", 1)
attempt(setattr, s, "x", 1)
for text in ("", "iii", "ixi", "3i2s", "0i"):
    print(text, sys.getsizeof(Struct(text)), Struct(text).size)
new = Struct.__new__(Struct)
print(new.size)
attempt(new.pack)
attempt(s.__init__, "q")
print(s.size, s.format)
attempt(s.__init__, "y")
print(s.size)


class Named(Struct):
    def __init__(self, text, name):
        super().__init__(text)
        self.name = name


named = Named("i", "four")
print(named.size, named.name, named.pack(3))
reference = weakref.ref(named)
print(reference() is named)
del named
print(reference())
print(sys.getsizeof(s.iter_unpack(bytes(8))), sorted(set(dir(Struct)) - set(dir(object))))
