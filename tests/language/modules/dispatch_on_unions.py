"""functools.singledispatch with unions, and heapq.nlargest with odd numbers."""

import collections
import functools
import heapq
import typing


@functools.singledispatch
def kind(value):
    return "something"


@kind.register
def _(value: typing.Union[int, float]):
    return "number"


@kind.register
def _(value: str | bytes):
    return "text"


print(kind(1), kind(1.5), kind("a"), kind(b"a"), kind([]))
for annotation in (list[int], list[int] | str, 5):
    def wrong(value): ...
    wrong.__annotations__["value"] = annotation
    try:
        kind.register(wrong)
    except TypeError as error:
        print(error)

for number in (0, 1, 2, -1, 10, True):
    print(number, heapq.nlargest(number, [3, 1, 2]), heapq.nsmallest(number, iter("cab")))
for call in (heapq.nlargest, heapq.nsmallest):
    print(call(1, []), call(1, "ab", key=ord))
    try:
        call("x", [1])
    except TypeError as error:
        print(error)
try:
    collections.Counter("aab").most_common("x")
except TypeError as error:
    print(error)
print(collections.Counter("aabbc").most_common(2), collections.Counter("aabbc").most_common(1))
