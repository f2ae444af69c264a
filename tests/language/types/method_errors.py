"""Every method of the main types called with nothing, a keyword, None and too much, bound and unbound."""

def generate():
    yield 1


async def coroutine():
    pass


started = coroutine()
MAKERS = {
    "object": object, "int": lambda: 5, "float": lambda: 1.5, "complex": lambda: 1 + 2j, "str": lambda: "abc",
    "bytes": lambda: b"abc", "bytearray": lambda: bytearray(b"abc"), "memoryview": lambda: memoryview(b"abc"),
    "list": lambda: [1, 2], "tuple": lambda: (1, 2), "dict": lambda: {1: 2}, "set": lambda: {1}, "range": lambda: range(3),
    "frozenset": lambda: frozenset({1}), "list_iterator": lambda: iter([1]), "range_iterator": lambda: iter(range(2)),
    "dict_keys": {1: 2}.keys, "generator": generate, "coroutine": lambda: started,
    "group": lambda: ExceptionGroup("m", [ValueError(1)]), "alias": lambda: list[int],
}
SKIPPED = ("__hash__", "__new__", "__init_subclass__", "__subclasshook__", "__dir__", "__doc__", "__sizeof__", "__class_getitem__")


def plain(text):
    start = text.find(" at 0x")
    return text if start < 0 else text[:start]


def show(call):
    try:
        result = call()
        return type(result).__name__ + " " + plain(repr(result))
    except Exception as e:
        return f"{type(e).__name__}: {plain(str(e))}"


for name, make in MAKERS.items():
    kind = type(make())
    for attribute in sorted(vars(kind)):
        method = getattr(make(), attribute, None)
        if attribute in SKIPPED or not callable(method):
            continue
        print(name, attribute, "|", show(lambda: getattr(make(), attribute)(x=1)))
        print(name, attribute, "|", show(lambda: getattr(make(), attribute)(None)))
        print(name, attribute, "|", show(lambda: getattr(make(), attribute)(1, 2, 3, 4, 5)))
        print(name, attribute, "|", show(lambda: getattr(kind, attribute)()))
        print(name, attribute, "|", show(lambda: getattr(kind, attribute)(0.5j if name != "complex" else 1, x=1)))
started.close()

for call in (lambda: "a".find(x=1), lambda: str.find("a", x=1), lambda: [].index(x=1), lambda: {1}.union(x=1)):
    print(show(call))
find = "a".find
print(show(lambda: find(x=1)), show(lambda: find("a", x=1)), sep="\n")
