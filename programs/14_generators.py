"""14. Generators

A recipe instead of a buffet: a dish is cooked when somebody asks for it, none is stored.

Run: glasspy --lesson 14
"""
import itertools
import sys


class Dish:
    """Counts how many of its kind are in the world, and how many were at most."""

    alive = most = 0

    def __init__(self, number):
        self.number = number
        Dish.alive += 1
        Dish.most = max(Dish.most, Dish.alive)

    def __del__(self):
        Dish.alive -= 1


def buffet(n):
    """All dishes, at once."""
    return [Dish(number) for number in range(n)]


def recipe(n):
    """The same dishes, one by one."""
    for number in range(n):
        yield Dish(number)


print("--- Everything at once, or one at a time ---")
for menu in buffet, recipe:
    Dish.most = 0
    total = sum(dish.number for dish in menu(1000))
    print(f"  {menu.__name__:7} sum {total}, dishes in the world at most: {Dish.most}")
print("  two, not one: the new dish is ready before the last one is let go")

print("--- The size does not depend on the length ---")
short, long = (n * n for n in range(10)), (n * n for n in range(10_000_000))
print("  equal:", sys.getsizeof(short) == sys.getsizeof(long), "- a list of the first 1000:",
      sys.getsizeof(list(itertools.islice(long, 1000))), "bytes and the numbers")

print("--- Nothing happens before someone asks ---")


def diary():
    print("    (getting up)")
    yield "breakfast"
    print("    (going to work)")
    yield "lunch"
    print("    (going home)")


day = diary()
print("  made, but not begun")
print("  ", next(day))
print("  a pause, as long as we like")
print("  ", next(day))
print("  at the end:", next(day, "nothing more"))

print("--- A chain: each asks the one before it ---")


def numbers():
    n = 0
    while True:                     # without an end, and yet no problem
        n += 1
        trace.append(f"make {n}")
        yield n


def even(source):
    for n in source:
        if n % 2 == 0:
            trace.append(f"pass {n}")
            yield n


def squares(source):
    for n in source:
        yield n * n


trace = []
line = squares(even(numbers()))
print("  two asked for:", [next(line), next(line)])
print("  what happened:", ", ".join(trace))

print("--- It can be walked once ---")
guests = (name for name in ["Lea", "Max"])
print("  first time:", list(guests), "- second time:", list(guests))

print("--- A generator that is left early cleans up ---")


def kitchen():
    print("    (the stove is lit)")
    try:
        for number in itertools.count():
            yield number
    finally:
        print("    (the stove is out)")


for number in kitchen():
    if number == 2:
        print("  two are enough")
        break
print("  nobody holds the generator any more, so it was closed at once")

# Why is it so small? It is a bookmark (lesson 4): a place in the code, and the names of one call. The rest has not
# happened yet. Take a list if you need the items again, their number, or the last one first.
#
# Try: hold the kitchen in a name (`for number in open_kitchen`). When does the stove go out now?
# Try: tee = itertools.tee(recipe(1000)), then sum one of the two. How many dishes are there at most?
# Try: max(recipe(10), key=lambda dish: dish.number).number. Which dishes live longer?
