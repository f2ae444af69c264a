# Views that are empty, have no dimension, run backwards or are released while they are used.


def attempt(function, *arguments):
    try:
        print(repr(function(*arguments)))
    except Exception as error:
        print(type(error).__name__, error)


data = bytearray(range(17))
empty = memoryview(data)[::-9][-30::-9]
print(empty.shape, empty.strides, empty.nbytes, empty.contiguous, empty.c_contiguous, empty.f_contiguous, bytes(empty))
print(memoryview(b"").contiguous, memoryview(b"a")[::5].contiguous, memoryview(b"abc")[::2].contiguous)

scalar = memoryview(bytearray(range(8)))[4:5].cast("B", [])
print(scalar[()], scalar.tolist(), scalar[...] is scalar, scalar.ndim, scalar.shape, scalar.strides, scalar.nbytes)
attempt(len, scalar)
attempt(iter, scalar)
attempt(list, scalar)
attempt(lambda: scalar[0])
attempt(memoryview(bytes(8)).cast, "B", [])

table = memoryview(bytearray(range(8)))
for shape in ((1, 8), (8, 1), (2, 4), (1, 2, 4), (2, 2, 2)):
    view = table.cast("B", shape)
    print(shape, view.c_contiguous, view.f_contiguous, view.strides, view.tobytes("F"), view.tobytes("A") == view.tobytes())
attempt(table.tobytes, "X")
attempt(table.tobytes, 1)

for text in ("", "ii", "<i", "z", "@", "@@i", "P", "@i", "@P", "n", "N", "e", "s", " i", "\0", "\xe9"):
    attempt(lambda: memoryview(bytes(16)).cast(text).itemsize)
for shape in ([0], [4, 0], [-1, 4], [2.0, 2], [True, 4], [2, 3], {4}, None, 4, "a", [2**70], [2**62, 4], [1] * 64 + [4]):
    attempt(lambda: memoryview(b"abcd").cast("B", shape).shape)
pointers = memoryview(bytearray(8)).cast("P")
for value in (-1, 2**64 - 1, 2**64, 1.5):
    attempt(pointers.__setitem__, 0, value)
    print(pointers.tolist())


class Releases:
    def __init__(self, view, value):
        self.view, self.value = view, value

    def __index__(self):
        self.view.release()
        return self.value


def fresh(value):
    view = memoryview(bytearray(b"abcdefgh"))
    return view, Releases(view, value)


for value in (7, 300):
    view, index = fresh(value)
    attempt(view.__setitem__, 0, index)
    view, index = fresh(value)
    attempt(view.__getitem__, index)
    view, index = fresh(value)
    attempt(view.__setitem__, index, 1)
    view, index = fresh(value)
    attempt(view.__setitem__, slice(index, 3), b"xy")
print(memoryview(b"dcba") == memoryview(b"abcd")[::-1], memoryview(b"abcd") == memoryview(b"abcd")[::-1])
for width in (2**63 - 1, 2**62, -1):
    for name in ("center", "ljust", "rjust"):
        attempt(getattr(b"a", name), width)
        attempt(getattr(bytearray(b"a"), name), width)
