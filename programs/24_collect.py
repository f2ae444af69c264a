"""24. A collection, retold

The cleaner works at night; this time somebody writes down every move.

Run: glasspy --lesson 24
"""
import gc
import glass
import weakref

gc.collect()
gc.disable()


class Guest:
    def __init__(self, name):
        self.name = name
        self.holds = None

    def __repr__(self):
        return self.name


def ring(*names):
    guests = [Guest(name) for name in names]
    for left, right in zip(guests, guests[1:] + guests[:1]):
        left.holds = right
    return guests[0]


def moves(report):
    """The passes that found something to do."""
    for row in report:
        if row.number:
            print(f"  {row[0] or '':20} {row.number:3}  {row.what_it_did}")


print("--- A night without work ---")
gc.collect()
moves(glass.collect(0))
print("  nothing is young, so nothing is looked at")

print("--- Two rings: one forgotten, one held by a hand ---")
forgotten = ring("Ada", "Bob")
kept = ring("Cyd", "Dov", "Eve")
door = weakref.ref(forgotten)
del forgotten
report = glass.collect(0)
moves(report)
print("  behind the door:", door())

print("--- The sums ---")
# Count, minus references from inside, is what comes from outside. Who has nothing from outside lives only if somebody
# who has leads to him.
table = report.parts[0]
for row in table:
    if "Guest" in row.object:
        print(f"  {row.object.split()[0]:6} count {row.count}  inside {row.inside}  outside {row.outside}  {row.verdict}")

print("--- Somebody comes back ---")
hotel = []


class Ghost(Guest):
    def __del__(self):
        hotel.append(self)          # a new hand from outside, at the last moment


ghost = Ghost("Fay")
ghost.holds = ghost
del ghost
moves(glass.collect(0))
print("  in the hotel:", hotel)
hotel[0].holds = None
hotel.clear()                       # a finalizer runs once; this time it is for good
print("  in the hotel:", hotel)
kept.holds.holds.holds = None
gc.enable()

# Why is the copy of the count needed, and not the count itself? The sums are an experiment: most objects survive it, and
# their real counts must be what they were.
#
# Try: print(glass.collect()) as a whole after del kept. Who died by the collector, who by his count?
# Try: give Guest a __del__ as well, and see the pass finalize_garbage.
