"""13. Pooling

A canteen washes its plates instead of buying new ones; but a plate must come back clean.

Run: glasspy --lesson 13
"""
import contextlib


class Plate:
    bought = 0

    def __init__(self):
        Plate.bought += 1
        self.food = []


class Canteen:
    """Lends plates; those that come back are lent again."""

    def __init__(self, limit):
        self.stack = []             # the clean plates
        self.limit = limit          # no more are kept than that
        self.out = {}               # lent now, by identity: a plate is known by being this one, not by what is on it

    def lend(self):
        plate = self.stack.pop() if self.stack else Plate()
        self.out[id(plate)] = plate
        return plate

    def take_back(self, plate):
        if self.out.pop(id(plate), None) is None:
            raise ValueError("this plate is not on loan")
        plate.food.clear()          # washed now: what lay on it must not stay alive, nor be served again
        if len(self.stack) < self.limit:
            self.stack.append(plate)

    @contextlib.contextmanager
    def meal(self):
        """A loan that cannot be forgotten."""
        plate = self.lend()
        try:
            yield plate
        finally:
            self.take_back(plate)


def lunch(guests, canteen=None):
    """Every guest eats after the other."""
    before = Plate.bought
    for guest in range(guests):
        if canteen is None:
            plate = Plate()
            plate.food.append("soup")
        else:
            with canteen.meal() as plate:
                plate.food.append("soup")
    return Plate.bought - before


print("--- Fifty guests, one after the other ---")
canteen = Canteen(limit=3)
print("  always a new plate:", lunch(50), "bought")
print("  with washing up:   ", lunch(50, canteen), "bought")

print("--- Five at a time, and a shelf for three ---")
before = Plate.bought
for _ in range(10):
    table = [canteen.lend() for _ in range(5)]
    for plate in table:
        canteen.take_back(plate)
    del table, plate
print("  ten rounds:", Plate.bought - before, "bought;", len(canteen.stack), "clean plates on the shelf")

print("--- What goes wrong with pools ---")
plate = canteen.lend()
canteen.take_back(plate)
plate.food.append("a late cookie")  # given back, but still in hand
surprise = canteen.lend()
print("  the next guest finds:", surprise.food, "- it is the same plate:", surprise is plate)
try:
    canteen.take_back(surprise)
    canteen.take_back(surprise)
except ValueError as error:
    print("  given back twice:", error)
try:
    with canteen.meal() as plate:
        plate.food.append("hot soup")
        raise OSError("the glass breaks")
except OSError as error:
    print(f"  {error}; on loan now: {len(canteen.out)} - with `with`, even then nothing is lost")
forgotten = canteen.lend()
forgotten = None
print("  nobody has it, and yet it is alive: on loan", len(canteen.out), "- a pool can leak")

print("--- Python runs canteens of its own ---")
place = id([])                      # the list dies at once; its block is the next clean plate
print("  the next list has its place:", id([]) == place)
print("  and small numbers are never bought at all:", int("7") is int("7"), "(lesson 8)")

# When is it worth while? If making is dear (a connection, a big buffer, a parsed file) and cleaning is cheap. A list or
# a small object of your own is not: the memory manager (lesson 7) already gives its block to the next one.
#
# Try: leave out food.clear(). What does each guest find?
# Try: write the pool as a list of all plates, each with a flag `is_free`. What does lend() cost now?
# Try: keep `out` as a weakref.WeakValueDictionary. Is the forgotten plate still a leak?
