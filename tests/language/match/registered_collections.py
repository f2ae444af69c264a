# Classes that derive from Sequence or Mapping, or are registered with them, match such patterns.
from collections import UserDict, UserList, deque
from collections.abc import Mapping, Sequence


def what(subject):
    match subject:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"
        case _:
            return "neither"


class Plain:
    pass


class Before(Plain):
    pass


class Row(Sequence):
    def __getitem__(self, index):
        return index

    def __len__(self):
        return 3


class Both(UserDict, Sequence):
    pass


class ListFirst(UserList, dict):
    pass


class DictThenList(UserDict, Plain, list):
    pass


print(what(Row()), what(UserDict()), what(UserList()), what(deque()), what(Both()), what(ListFirst()))
print(what(DictThenList()), what(Plain()), what(Before()), what("text"), what(b""), what(set()))
Sequence.register(Plain)


class After(Before):
    pass


print(what(Plain()), what(Before()), what(After()))
match Row():
    case [first, *_, last]:
        print(first, last)
match UserDict({0: 1, 2: 3}):
    case {2: three, **rest}:
        print(three, rest)
print("__abc_tpflags__" in Sequence.__dict__, Row.__flags__ >> 5 & 3, UserDict.__flags__ >> 5 & 3)
