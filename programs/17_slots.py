"""17. Slots

A chest with drawers made to measure, in place of a box that takes everything.

Run: glasspy --lesson 17
"""
import sys
import tracemalloc
import weakref


class Box:
    """The usual kind: attributes are kept under any name."""

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Chest:
    """Two drawers, for ever."""

    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def attempt(what, action):
    try:
        print(f"  {what:34} {action()}")
    except (AttributeError, TypeError) as error:
        print(f"  {what:34} refused: {error}")


box, chest = Box(1, 2), Chest(1, 2)

print("--- What fits in ---")
attempt("set x of the box", lambda: setattr(box, "x", 10))
attempt("set x of the chest", lambda: setattr(chest, "x", 10))
attempt("a new name for the box", lambda: setattr(box, "colour", "red"))
attempt("a new name for the chest", lambda: setattr(chest, "colour", "red"))
attempt("all attributes of the box", lambda: vars(box))
attempt("all attributes of the chest", lambda: vars(chest))
attempt("watch the box", lambda: weakref.ref(box)() is box)
attempt("watch the chest", lambda: weakref.ref(chest)() is chest)
print("  A misspelt name is found out: that alone may be worth it.")

print("--- Where a drawer is ---")
# A slot is a thing in the class that knows how far into the object its value lies.
print("  Chest.x is a", type(Chest.x).__name__, "and reads", Chest.x.__get__(chest))
empty = Chest.__new__(Chest)
attempt("an empty drawer", lambda: empty.x)

print("--- What it takes ---")
print("  drawers:", end=" ")
for count in range(5):
    names = tuple(f"slot{n}" for n in range(count))
    print(f"{count}: {sys.getsizeof(type('Chest', (), {'__slots__': names})())} bytes", end="   ")
print()


def bytes_each(kind, number=2000):
    """What an object of that kind takes with all its belongings; x and y are small numbers, they cost nothing."""
    keep = [None] * number
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for index in range(number):
        keep[index] = kind(1, 2)
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return used // number


plain, measured = bytes_each(Box), bytes_each(Chest)
print(f"  a Box takes at least half as much again as a Chest: {plain >= measured * 1.5}")
asked = Box(1, 2)
size = sys.getsizeof(asked)
print("  a dict of attributes is made only if somebody asks, and costs more than the object:",
      sys.getsizeof(asked.__dict__) > size)

print("--- Heirs ---")


class Painted(Chest):
    __slots__ = ("colour",)         # adds a drawer


class Careless(Chest):
    pass                            # forgot __slots__: a box is put on the chest


painted, careless = Painted(1, 2), Careless(1, 2)
attempt("a Painted has three drawers", lambda: setattr(painted, "colour", "green"))
attempt("and no room for more", lambda: setattr(painted, "weight", 3))
attempt("a Careless takes everything", lambda: setattr(careless, "weight", 3))
print("  where it went:", vars(careless), "- x and y are still in drawers:", careless.x, careless.y)

print("--- A drawer for the watchers ---")


class Watched:
    __slots__ = ("x", "__weakref__")


watched = Watched()
attempt("watch it", lambda: weakref.ref(watched)() is watched)

# When is it worth while? With a hundred thousand small objects of one kind, and for records whose names are settled. A
# class of which there are three objects should stay a box.
#
# Try: __slots__ = ("x", "__dict__"). What is left of the advantage?
# Try: a class attribute `x = 0` together with the slot x. What does Python say?
# Try: @dataclasses.dataclass(slots=True). What is in its __slots__?
