"""5. Cycles

Two who lift each other: neither touches the ground, and yet nobody holds them.

Run: glasspy --lesson 5
"""
import gc
import sys
import weakref

gc.collect()
gc.disable()                        # nobody tidies up behind our back


class Acrobat:
    def __init__(self, name):
        self.name = name
        self.holds = []


def troupe(names):
    """Everyone holds the next one, the last one holds the first."""
    all_of_them = [Acrobat(name) for name in names]
    for number, acrobat in enumerate(all_of_them):
        acrobat.holds.append(all_of_them[(number + 1) % len(names)])
    return all_of_them


def alive(watches):
    return [watch().name for watch in watches if watch() is not None]


print("--- Counting is not enough ---")
people = troupe(["Ana", "Ben"])
watches = [weakref.ref(person) for person in people]        # sees without holding
print("  held by our list and by a partner:", [sys.getrefcount(person) - 2 for person in people])
del people
print("  our list is gone; alive:", alive(watches))
print("  each has one reference left: the other one's. No name leads there any more.")

print("--- The collector asks another question ---")
# It takes a copy of each count and takes off every reference that comes from inside the group. Who is left with
# nothing is held from inside only. The same sum by hand:
found = [watch() for watch in watches]
counts = {person.name: sys.getrefcount(person) - 3 for person in found}     # without `found`, `person`, the question
print("  counts            ", counts)
for person in found:
    for partner in person.holds:
        counts[partner.name] -= 1
print("  without the inside", counts, "- so nobody outside holds them")
del found, person, partner
print("  gc.collect() found", gc.collect(), "objects: two acrobats and their two lists")
print("  alive:", alive(watches))

print("--- One hand from outside saves the whole circle ---")
people = troupe(["Cleo", "Dan", "Eve"])
watches = [weakref.ref(person) for person in people]
kept = people[1]
del people
gc.collect()
print("  we hold only", kept.name, "- alive:", alive(watches))
del kept
gc.collect()
print("  we let go - alive:", alive(watches))

print("--- Who is in the ring? ---")
ring = troupe(["Flo", "Gus"])[0]
partner = gc.get_referents(ring.holds)[0]
print("  Flo's list refers to:", partner.name, "- and Gus's list to:", partner.holds[0].name)
del ring, partner

print("--- A thing can hold itself ---")
mirror = []
mirror.append(mirror)
references = sys.getrefcount(mirror) - 1
print("  ", mirror, "has", references, "references: a name, and itself")
del mirror

print("--- Opened by hand, a ring needs no collector ---")
gc.collect()
people = troupe(["Hal", "Ida"])
watches = [weakref.ref(person) for person in people]
people[0].holds.clear()
del people
print("  alive:", alive(watches), "- left for the collector:", gc.collect())
gc.enable()

# Why are there two ways? Counting is immediate but blind for rings; the collector sees rings but has to look at many
# objects, so it comes rarely. Python uses the quick one for nearly everything and the thorough one for the rest.
#
# Try: let the last one hold nobody. Does the collector still find anything?
# Try: hold partners by weakref.ref (lesson 15). What does gc.collect() return then?
# Try: give Acrobat a __del__ that prints. When does it run, and in which order?
