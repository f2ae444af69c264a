# The functions of struct: formats, places in buffers, and the texts of errors.
import struct
from struct import calcsize, iter_unpack, pack, pack_into, unpack, unpack_from

def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


for text in ("bi", "bhq", "ib", "<bi", "=bi", ">qb", "qb", "b0q", "3b0i", "cxh", "2xi", "bP", "i 2h\ts", "?d", "be", "n?n", "9223372036854775807x"):
    print(text, calcsize(text))
for text in ("y", "3", "9999999999999999999999i", "i\0", "\xe9", "9223372036854775807i", "9223372036854775807xx", None, 1, b"i"):
    attempt(calcsize, text)
attempt(calcsize)
attempt(calcsize, "i", 1)
attempt(calcsize, format="i")
attempt(pack)
attempt(pack, 1)
attempt(pack, "i")
attempt(pack, "i", 1, 2)
attempt(pack, "i", x=1)
attempt(pack, "ii i", 1, 2, 3)
attempt(pack, "99999999999999999i")
attempt(pack, "9223372036854775807x")
attempt(pack, "2i3s0i", 1, 2, b"ab")
attempt(pack, ">hhl", 1, 2, 3)
attempt(pack, "!I", 0xDEADBEEF)
attempt(unpack, "2i3s", pack("2i3s", 1, 2, b"ab"))
attempt(unpack, ">Q", b"\xff" * 8)
attempt(unpack, "<q", b"\xff" * 8)
attempt(unpack, "?", b"\x02")
for given in ((), ("i",), ("i", b"abc"), ("i", b"abcde"), ("i", "abcd"), ("i", 1), ("i", bytearray(b"abcd")), ("i", memoryview(b"abcdefgh")[::2])):
    attempt(unpack, *given)
for given in (4, 5, -4, -3, -9, 2**70, "x", 2**62):
    attempt(unpack_from, "i", b"abcdefgh", given)
attempt(unpack_from)
attempt(unpack_from, "i")
attempt(unpack_from, "i", "abcd")
attempt(unpack_from, "i", b"abc")
attempt(unpack_from, "i", b"", 0, 0)
attempt(unpack_from, "i", buffer=b"abcd", offset=0)
target = bytearray(8)
for given in ((target, 0, 1), (target, 5, 1), (target, -4, 2), (target, -3, 2), (target, -9, 2), (b"abcd", 0, 1), (target, 0), (target,), (),
              (target, 0, 1, 2), (target, "x", 1), ("abcd", 0, 1), (1, 0, 1), (memoryview(target), 4, 7), (target, 2**70, 1),
              (memoryview(target)[::2], 0, 7), (memoryview(b"abcd"), 0, 7)):
    attempt(pack_into, "i", *given)
    print(target)
attempt(pack_into)
attempt(pack_into, "hh", target, 0, 5, "x")
print(target)
attempt(lambda: list(iter_unpack("i", b"abcdefgh")))
attempt(iter_unpack, "i", b"abc")
attempt(iter_unpack, "", b"")
attempt(iter_unpack, "i", 1)
attempt(iter_unpack)
attempt(iter_unpack, "i")
source = bytearray(b"abcdefgh")
records = iter_unpack("i", source)
print(next(records), records.__length_hint__(), iter(records) is records)
attempt(source.append, 1)
attempt(type(records))
print(list(records), records.__length_hint__())
attempt(source.append, 1)
print(type(records), struct.error, struct.error.__mro__, struct.__all__)
try:
    pack("i", "x")
except struct.error as error:
    print(repr(error))


class Grows:
    def __index__(self):
        try:
            target.append(1)
        except BufferError as error:
            print("in between:", error)
        return 1


attempt(pack_into, "i", target, 0, Grows())
print(target)
