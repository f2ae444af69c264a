# What messages call an argument, and which of two wrong arguments is told.
calls = [
    lambda: "a".encode(None), lambda: "a".removesuffix(None), lambda: "a".replace(None, "b"), lambda: "a".replace(1, "b"),
    lambda: [].__format__(None), lambda: format(1, None), lambda: (1).__format__(None), lambda: b"a".center(5, None),
    lambda: b"abc".find(1.5, "x"), lambda: b"abc".count([], {}), lambda: b"abc".rindex([], 0),
    lambda: iter(int | str), lambda: list(int | str), lambda: b"".decode("no such encoding"), lambda: str(b"", "none such"),
    lambda: {}.items().__init__(1), lambda: object().__init__(1), lambda: bytearray(b"a").__setitem__(9, b"a"),
    lambda: bytearray(b"a").__setitem__(9, 300), lambda: bytearray(b"a").__setitem__(9, 30),
]
for call in calls:
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)
