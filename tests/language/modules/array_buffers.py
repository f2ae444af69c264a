# Looking at the items of an array: views, and who may change its length meanwhile.
from array import array

def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


a = array("i", [1, 2, 3])
view = memoryview(a)
print(view.format, view.itemsize, view.nbytes, view.shape, view.strides, view.readonly, view.obj is a)
print(view[1], view.tolist(), view[::2].tolist(), view.tobytes(), bytes(view[1:]))
view[0] = -7
print(a)
attempt(view.__setitem__, 0, 2**31)
attempt(view.__setitem__, slice(0, 2), array("i", [8, 9]))
attempt(view.__setitem__, slice(0, 2), array("h", [8, 9]))
attempt(view.__setitem__, slice(0, 1), b"abcd")
print(a, view == a, view == array("i", [8, 9, 3]), view == array("d", [8, 9, 3]), view == memoryview(array("q", [8, 9, 3])))
for change in (
    lambda: a.append(1),
    lambda: a.extend([]),
    lambda: a.extend(array("i")),
    lambda: a.__imul__(0),
    lambda: a.__imul__(1),
    lambda: a.__delitem__(0),
    lambda: a.__setitem__(slice(0, 1), array("i", [5])),
    lambda: a.__setitem__(slice(0, 0), array("i")),
    a.pop,
    lambda: a.frombytes(b""),
    lambda: a.fromlist([]),
    lambda: a.insert(0, 1),
    lambda: a.remove(5),
    a.reverse,
    a.byteswap,
):
    attempt(change)
print(a)
with view.cast("B") as parts:
    print(parts.format, parts.nbytes, parts[3], len(parts))
attempt(view.cast, "h")
view.release()
a.append(1)
print(len(a))
text = memoryview(array("u", "ab"))
print(text.format, text.itemsize, text.shape, text.tobytes())
attempt(lambda: text[0])
attempt(text.tolist)
attempt(text.__setitem__, 0, "c")
print(text == text, text == memoryview(array("I", [97, 98])))
h = array("h", [1, 2])
b = array("b", b"12")
print(bytes(h), bytearray(h), int(b), float(b), b"1" + h, b"x".join([h, b"2"]), b in b"0123", b"0123".find(b), str(b, "utf8"))
print(b"12" == b, bytearray(b"12") == b, b == b"12", int.from_bytes(b, "big"), eval(b), eval(memoryview(b"1 + 1")))
attempt(bytes.fromhex, b)
same = bytearray(b"12")
try:
    same += same
except BufferError as error:
    print(error, same)
