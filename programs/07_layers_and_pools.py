"""7. Layers and pools

The system rents out land, the memory manager builds streets of equal houses on it.

Run: glasspy --lesson 7
"""
import sys

POOL = 16 * 1024                    # a street: one stretch of 16 KiB
ARENA = 1024 * 1024                 # a district: 1 MiB, rented from the operating system as a whole


class Tenant:
    __slots__ = ("name",)


class Family:
    __slots__ = ("a", "b", "c", "d", "e", "f", "g", "h")


def street(thing):
    """An address tells its street: both begin at round numbers."""
    return id(thing) // POOL


def district(thing):
    return id(thing) // ARENA


print("--- The bottom: how high are the houses? ---")
for thing in 2.5, Tenant(), Family():
    print(f"  {type(thing).__name__:7} {sys.getsizeof(thing):4} bytes")
print("  A house is a multiple of 16 bytes; each street has houses of one size only.")

print("--- Equal size: the same street, one house beside the other ---")
first_wave = [Tenant() for _ in range(2000)]        # fills what was free in older streets
neighbours = [Tenant() for _ in range(400)]
steps = [id(after) - id(before) for before, after in zip(neighbours, neighbours[1:])]
usual = max(set(steps), key=steps.count)
print("  the usual distance of two that came one after the other:", usual, "bytes")
print("  so one street of", POOL, "bytes has room for about", POOL // usual)
streets = len({street(tenant) for tenant in neighbours})
print("  400 tenants live in two streets or three:", streets in (2, 3))
print("  the others are elsewhere:", street(Family()) not in {street(tenant) for tenant in neighbours})

print("--- A house that becomes free is taken next ---")
settlers = Tenant(), Tenant(), Tenant()     # take what is free in older streets
place = id(neighbours[100])
neighbours[100] = None
newcomer = Tenant()
print("  the newcomer lives where the last one moved out:", id(newcomer) == place)
places = [id(neighbours[number]) for number in (10, 20, 30)]
# No loop here: its iterator would be a tenant of this street as well, and leave a free house of its own.
neighbours[10] = neighbours[20] = neighbours[30] = None
new_ones = [Tenant(), Tenant(), Tenant()]
order = [places.index(id(tenant)) + 1 for tenant in new_ones]
print("  three moved out, first 1, then 2, then 3; refilled in the order", order)

print("--- Nobody ever moves ---")
places = {id(tenant) for tenant in neighbours if tenant}
neighbours[50:350] = [None] * 300
left = [tenant for tenant in neighbours if tenant]
print("  most have left;", len(left), "stay where they were:", all(id(tenant) in places for tenant in left))
occupied = len({street(tenant) for tenant in left})
print("  they keep whole streets from being given back:", 1 <= occupied <= streets)

print("--- Who is too large for a street gets land of its own ---")
small, large = "x" * 100, "x" * 100_000
print("  small text:", sys.getsizeof(small), "bytes: a house in a street")
print("  large text:", sys.getsizeof(large), "bytes: longer than", sys.getsizeof(large) // POOL, "streets together")
print("  blocks in use now, more than a thousand:", sys.getallocatedblocks() > 1000)

print("--- The layers ---")
for layer, example in (
    ("your program", "Tenant()"),
    ("object layer", "asks for the bytes, writes count and type into them"),
    ("memory manager", "finds a free house of that size"),
    ("operating system", "rents out a district now and then"),
):
    print(f"  {layer:16} {example}")

# Why streets of equal houses? A free house fits the next tenant exactly, so nothing has to be searched and no useless
# gap is left. The price is shown above: one who stays keeps the whole street, and nobody can be moved, because every
# reference is an address.
#
# Try: give Tenant a second slot. Do Tenants and floats meet in a street?
# Try: delete first_wave. How far apart are neighbours that are made after it?
# Try: count the districts, len({district(tenant) for tenant in first_wave}).
