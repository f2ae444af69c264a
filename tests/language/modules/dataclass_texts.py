# Annotations that are texts are read as well; what a data class cannot be is said.
from __future__ import annotations

import dataclasses
import typing
from dataclasses import InitVar, dataclass, field, make_dataclass
from typing import ClassVar, List, Optional


@dataclass
class Account:
    owner: str
    total: ClassVar[int] = 0
    rate: typing.ClassVar[float] = 0.5
    start: InitVar[int] = 1
    kept: dataclasses.InitVar[int] = 2
    items: List[int] = field(default_factory=list)

    def __post_init__(self, start, kept):
        self.items.append((start, kept))


print(Account("ann"), Account("bob", 5, 6))
print([f.name for f in dataclasses.fields(Account)])


@dataclass
class Classy:
    x: ClassVarious = 1


print(Classy(3))
for fields in ["for"], ["1x"], ["a", "a"], [("a", int, 1, 2)]:
    try:
        make_dataclass("Made", fields)
    except TypeError as error:
        print(error)


class Shown:
    pass


@dataclass
class Documented:
    x: int
    y: Optional[int] = None


print(Documented.__doc__, InitVar[int], InitVar[list[int]], InitVar[List[int]])


class Iterated:
    __slots__ = iter(("a",))


try:
    @dataclass(slots=True)
    class Child(Iterated):
        b: int
except TypeError as error:
    print(error)
