"""Loops over pairs: the pair that is handed out again, what dies when a variable takes the next item, odd iterables."""
import gc
import sys


class Item:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def pairs():
    for a, b in [(Item(1), Item(2)), (Item(3), Item(4))]:
        print("loop", a.name, b.name)
    print("after")


def fresh():
    for n in range(2):
        a, b = Item(n), Item(n + 10)
        print("fresh", a.name, b.name)


def unpacked():
    for a, b in ((Item(n), Item(-n)) for n in (1, 2)):
        print("unpacked", a.name, b.name)


for function in (pairs, fresh, unpacked):
    function()

for a, a in [(1, 2), (3, 4)]:
    print(a)
for pair in enumerate("xy"):
    print(pair, sys.getrefcount(pair))
kept = [pair for pair in enumerate("xy")]
print(kept, kept[0] is kept[1])
for number, value in enumerate([object()]):
    print(number, sys.getrefcount(value))
for source in ([5, 6], (5, 6), range(5, 7), "ab", {5: 6}, {7}, iter([8])):
    print(list(enumerate(source)), [(n, x) for n, x in enumerate(source, 2**62)])
for key, value in {1: [2]}.items():
    print(key, value, sys.getrefcount(value))
print([(a, b) for a, b in zip([1, 2], [3, 4])], [(a, b) for a, b in zip((1, 2), "xyz")])
values = {"a": 1, "b": 2}
for value in values.values():
    print(value)
try:
    for key in values:
        values[key + "x"] = 0
except RuntimeError as error:
    print(error)
try:
    for value in values.values():
        del values["a"]
except RuntimeError as error:
    print(error)
for bad in ([(1, 2, 3)], [(1,)], [5], ["abc"]):
    try:
        for a, b in bad:
            print("no")
    except (TypeError, ValueError) as error:
        print(error)


def grow():
    seen = []
    items = (1, 2)
    for item in items:
        items += (3,)
        seen.append(item)
    return seen, items


print(grow())
cycle = []
for a, b in zip([cycle], [cycle]):
    cycle.append((a, b))
del a, b, cycle
print(gc.collect() > 0)
