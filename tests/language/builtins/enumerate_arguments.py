# The words in which enumerate() and compile() refuse arguments.
def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords))[:12])
    except Exception as error:
        print(type(error).__name__, error)


attempt(enumerate)
attempt(enumerate, start=1)
attempt(enumerate, x=1)
attempt(enumerate, iterable=[])
attempt(enumerate, [], x=1)
attempt(enumerate, start=1, iterable=[])
attempt(enumerate, x=1, iterable=[])
attempt(enumerate, x=1, y=2)
attempt(enumerate, [], iterable=[])
attempt(enumerate, [], 1, x=2)
attempt(enumerate, [], 1, 2, 3)
attempt(enumerate, x=1, y=2, z=3)
for mode in ("bogus", "", "func_type", "EXEC", 1, None):
    attempt(compile, "x = 1", "name", mode)
attempt(compile, "1", "a\0b", "eval")
view = memoryview(b"a")
view.release()
attempt(lambda: b"x" + view)
attempt(lambda: b"".join([view]))
numbers = memoryview(bytearray(8)).cast("d")
attempt(numbers.__setitem__, 0, 10**400)
attempt(numbers.__setitem__, 0, "x")


class Fails:
    def __init__(self, kind):
        self.kind = kind

    def __index__(self):
        raise self.kind("from inside")

    __float__ = __index__


for kind in (ValueError, OverflowError, TypeError, KeyError):
    for view in (numbers, memoryview(bytearray(8))):
        attempt(view.__setitem__, 0, Fails(kind))


class Numbered(enumerate):
    pass


for arguments in [{}, {"start": 3}, {"x": 1}, {"iterable": [1], "x": 2}]:
    try:
        print(list(Numbered(**arguments)))
    except TypeError as error:
        print(error)
print(list(Numbered(start=2, iterable="ab")))
for arguments in [("1",), ("1", "name", "eval")]:
    try:
        compile(*arguments, mode="eval", source="2")
    except TypeError as error:
        print(error)
