# The parts of an object's bytes add up to what sys.getsizeof says.
import glass
import sys


class Plain:
    pass


class Slotted:
    __slots__ = ("a", "b")


grown = []
for number in range(5):
    grown.append(number)
plain = Plain()
plain.a = 1
things = [
    [1, 2, 3], [], grown, (), (1, 2), {}, {1: 1}, set(), {1, 2, 3, 4, 5, 6}, frozenset([1]), 0, 1, 2**30, 10**100, -(2**70),
    1.5, 1j, "", "abc", "ä", "€uro", "😀", b"", b"abc", bytearray(b"abc"), range(3), slice(1), None, True, ..., plain,
    Slotted(), Plain, int, len, grown.append, lambda: 1, ValueError("x"), iter([]), sys, (i for i in []),
    Plain.__init__,
]
for thing in things:
    report = glass.size(thing)
    total = report.footers[0].bytes
    assert total == sys.getsizeof(thing), (type(thing), total, sys.getsizeof(thing))
    apart = ("unused end", "block of attribute")
    parts = sum(row.bytes for row in report if not row.part.startswith(apart))
    assert parts == total, (type(thing), parts, total)


def show(thing):
    report = glass.size(thing)
    print(type(thing).__name__)
    for row in report:
        print("%6d  %s" % (row.bytes, row.part))


for thing in (1.5, [1, 2, 3], grown, {1: 1}, (1, 2), "abc", "€uro", plain):
    show(thing)

# What dies with an object, and what is shared.
mine, theirs = [1.25], [2.25]
holder = [[mine], theirs]
del mine
part = glass.size(holder).parts[0]
print([(row.place, row.fate) for row in part])
print(part.footers[0].place, part.footers[0].bytes)
# The float is a constant of the program, too.
assert part.footers[0].bytes == sys.getsizeof([1]) * 2
