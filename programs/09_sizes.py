"""9. Sizes

A parcel's weight is wrapping and content, and some parcels only contain the address of another.

Run: glasspy --lesson 9
"""
import sys


def size(thing):
    return sys.getsizeof(thing)


print("--- Wrapping and content ---")
print("  numbers: 4 bytes for each 30 binary digits")
for exponent in 1, 29, 30, 60, 90, 900:
    print(f"    2 ** {exponent:<4} {size(2 ** exponent):4} bytes")
print("  texts: one letter that needs more room makes all of them wider")
for text in "", "glass", "glass" * 10, "gläss" * 10, "gl€ss" * 10, "gl🔎ss" * 10:
    print(f"    {text[:5]!r:9} {len(text):3} letters {size(text):4} bytes")
print("  tuples: 8 bytes an item, whatever it is")
for items in (), (1,), (1, 2), ("a long text that stands somewhere else", "and another"):
    print(f"    {len(items)} items {size(items):4} bytes")

print("--- A parcel with addresses ---")
heavy = ["x" * 10_000]
print("  a list of one long text weighs", size(heavy), "- the text alone", size(heavy[0]))


def everything(thing, seen=None):
    """The weight of a thing and of all that it leads to, each counted once."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    inside = ()
    if isinstance(thing, dict):
        inside = [*thing.keys(), *thing.values()]
    elif isinstance(thing, (list, tuple, set)):
        inside = thing
    return size(thing) + sum(everything(item, seen) for item in inside)


print("  the list and all it leads to  ", everything(heavy))
print("  the same text listed five times", everything(heavy * 5), "- only 4 addresses more")

print("--- A list buys room in advance ---")
numbers, moves, before = [], [], size([])
for n in range(1, 101):
    numbers.append(n)
    if size(numbers) != before:
        moves.append((n, (size(numbers) - size([])) // 8))
        before = size(numbers)
for n, room in moves:
    print(f"    append {n:3}: room for {room:3}  {'#' * n}{'.' * (room - n)}")
print("  100 appends, only", len(moves), "times the items had to move; the list itself never does.")
trimmed = numbers[:]
print("  a copy needs no reserve:", size(numbers), "and", size(trimmed))

print("--- A dict and a set grow in jumps, too ---")
table, flock, jumps = {}, set(), {"dict": [], "set": []}
for n in range(1, 101):
    for name, thing in ("dict", table), ("set", flock):
        before = size(thing)
        thing.update({n: None})     # a dict takes the pair, a set the key
        if size(thing) != before:
            jumps[name].append(n)
for name, when in jumps.items():
    print(f"    {name:4} grows at entry {when}")
print("  deleting does not shrink it:", end=" ")
full = size(table)
for n in range(2, 101):
    del table[n]
print(len(table), "entry, as large as before:", size(table) == full)

print("--- Some keep no items at all ---")
for thing in range(5), range(5_000_000):
    print(f"    {thing!r:17} {size(thing)} bytes: start, stop, step and length, the numbers are made when asked for")

# Why a reserve? To move all items at each append would cost n steps for the n-th; with an eighth in reserve the moves
# become rare, and on average an append is a few steps. A dict leaves a third empty so that a search ends soon.
#
# Try: everything() of a list that holds itself. Why does it end?
# Try: numbers.clear(), and numbers.pop() in a loop: when is room given back?
# Try: size([1, 2, 3]) with `glasspy` and with `glasspy -X cpython`.
