# What an array takes and what it refuses, by type code.
from array import array, typecodes

def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


VALUES = (0, -1, -129, 256, -2**15 - 1, 2**15, 2**16, -2**31 - 1, 2**31, 2**32, -2**63 - 1, 2**63, 2**64, 1.5, "x", "", b"x", None, 2**2000)

for code in typecodes:
    print(code, array(code).itemsize, array(code).typecode, array(code))
    for value in VALUES:
        attempt(array, code, [value])


class Index:
    def __index__(self):
        print("asked")
        return 3


a = array("i")
a.append(Index())
a.insert(0, Index())
a[0] = Index()
a.fromlist([Index()])
a.extend([Index()])
print(a)
attempt(array, "f", [Index()])
print(array("f", [1.1, 2]), array("d"), array("u", "\ud800"), array("u", "a\U0001F600b"))
u = array("u")
u.frombytes(b"\xff\xff\xff\x7f")
attempt(lambda: u[0])
attempt(repr, u)
attempt(u.tolist)
attempt(u.tounicode)
