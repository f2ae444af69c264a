# What each format packs and refuses.
import struct

def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


VALUES = (0, -1, -129, 256, 2**15, -2**15 - 1, 2**16, 2**31, -2**31 - 1, 2**32, 2**63, 2**64, -2**63 - 1, 1.5, 1e300,
          65520.0, float("inf"), "x", b"x", b"xyz", bytearray(b"q"), None, True, 2**2000)
for order in "@<>":
    for letter in "xcbB?hHiIlLqQnNefdspP":
        print(order + letter, end=" ")
        attempt(struct.calcsize, order + letter)
        for value in VALUES:
            attempt(struct.pack, order + letter, value)


class Index:
    def __index__(self):
        return 7


class Wrong:
    def __index__(self):
        return "x"


class Float:
    def __float__(self):
        return 2.5


for letter in "bBhHiIlLqQnNPefd":
    for value in (Index(), Wrong(), Float()):
        attempt(struct.pack, letter, value)
for value in (0.0, -0.0, 1.0, 65504.0, 65519.9, 65520.0, 5.96e-8, 2.98e-8, 2.99e-8, 6.1e-5, 1e-8, 0.1, 2049.0, 2051.0):
    attempt(struct.pack, "<e", value)
for bits in (0x7C00, 0xFC00, 0x7E00, 1, 0x3FF, 0x400, 0x7BFF, 0x8000):
    attempt(struct.unpack, "<e", bits.to_bytes(2, "little"))
attempt(struct.pack, "<f", 3.4028235677973366e38)
attempt(struct.pack, "f", 3.5e38)
for text in ("0s", "5s", "0p", "1p", "3p", "10p"):
    attempt(struct.pack, text, b"abcdef")
    attempt(lambda: struct.unpack(text, struct.pack(text, b"abcdef")))
print(struct.pack("300p", b"x" * 280)[0])
