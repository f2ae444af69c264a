# How pprint lays out what does not fit in a line.
import collections
import dataclasses
import pprint
import types

numbers = list(range(40))
table = {"key%d" % index: list(range(index)) for index in range(9)}
text = "The quick brown fox jumped over the lazy dog. " * 4 + "\n\n  second line " + "word " * 12


@dataclasses.dataclass
class Point:
    x: int
    path: list
    label: str = "x" * 30


@dataclasses.dataclass
class Silent:
    path: list

    def __repr__(self):
        return "Silent" * 20


class Row(list):
    pass


class Named(list):
    def __repr__(self):
        return "Named" * 20


VALUES = [
    1, "a", None, [], {}, (), set(), (1,), numbers, (text,), text, {"t": text}, text.encode(), bytearray(text.encode()),
    set(numbers), frozenset(numbers), {1, "a"}, {1: 1, "a": 2, (1, 2): 3}, table, [table, table],
    collections.OrderedDict(table), collections.defaultdict(list, table), collections.Counter("abracadabra" * 3),
    collections.ChainMap(table, {"a": 1}), collections.deque(numbers), collections.deque(numbers, maxlen=50),
    types.MappingProxyType(table), types.SimpleNamespace(**table), Point(1, numbers), Silent(numbers), Row(numbers),
    Named(numbers), collections.UserDict(table), collections.UserList(numbers), collections.UserString(text),
    [[[[["deep"] * 10]]]], [10**10] * 3, int, "x" * 100, "a\nb\n" * 20, " " * 100,
]
SETTINGS = [{}, {"width": 20}, {"indent": 4}, {"compact": True, "width": 30}, {"depth": 1}, {"underscore_numbers": True}]
for value in VALUES:
    for setting in SETTINGS:
        print(pprint.pformat(value, **setting))
    print(pprint.isreadable(value), pprint.isrecursive(value))
ring = [1, 2]
ring.append(ring)
print(pprint.pformat(ring) == pprint.saferepr(ring), pprint.isrecursive(ring), pprint.isreadable(ring))
print(pprint.saferepr(ring).replace(str(id(ring)), "ID"))
pprint.pp({"b": 1, "a": 2})
pprint.pprint({"b": 1, "a": 2}, width=5)
for wrong in ({"indent": -1}, {"depth": 0}, {"width": 0}, {"width": "a"}):
    try:
        pprint.pformat([1], **wrong)
    except ValueError as error:
        print(error)


class Tagged(pprint.PrettyPrinter):
    def format(self, object, context, maxlevels, level):
        if isinstance(object, int):
            return "<%d>" % object, True, False
        return super().format(object, context, maxlevels, level)


Tagged(width=20).pprint({"a": [1, 2, 3] * 5})
