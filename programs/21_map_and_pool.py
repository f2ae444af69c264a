"""21. Map and pool

A town seen from the air, and then one street of it, house by house.

Run: glasspy --lesson 21
"""
import glass

SIZE = 272          # bytes of a house in our street; few objects are so large, so that we are nearly alone there


def house(number):
    """A bytes object that fills its block: 33 bytes belong to every bytes object."""
    return bytes([65 + number % 26]) * (SIZE - 33)


def street():
    """The pool of our houses."""
    return glass.pool(houses[-1])


print("--- From the air ---")
town = glass.map()
print(" ", town.kind, "-", [column.replace("_", " ") for column in town.columns])
print("  the first arena has", town.rows[0].holds)


def on_the_map():
    """The row of all streets with houses of our size."""
    return [row for row in glass.map().parts[0] if row.block_size == SIZE][0]


before = on_the_map()
print(f"  there are houses of {SIZE} bytes:", before.used > 0)

print("--- A new row of houses ---")
old_gaps = [house(number) for number in range(before.free)]     # whatever lies empty between the old houses is filled
houses = [house(number) for number in range(6)]
addresses = [id(one) for one in houses]
print("  each stands", [right - left for left, right in zip(addresses, addresses[1:])], "bytes behind the one before")
mine = [row for row in street() if row.block in addresses]
for row in mine:
    print("  ", hex(row.block), row.holds, row.type, row.value, "count", row.count)

print("--- Two families move out ---")
houses[1] = houses[4] = None
free = [row for row in street() if row.block in addresses and row.holds == "free"]
free.sort(key=lambda row: row.next_free)
print("  empty, in the order of the free list:", [addresses.index(row.block) for row in free])
print("  the house left last comes first: the next newcomer gets it")
newcomer = house(25)
print("  the newcomer lives at number", addresses.index(id(newcomer)))

print("--- Fragmentation: a street with one lamp burning ---")
crowd = [house(number) for number in range(500)]
full = on_the_map()
print("  500 houses more:", full.pools, "streets, needed", full.needed)
crowd = crowd[::40]                 # one in forty stays: a few in each street
thin = on_the_map()
print("  most moved out: ", thin.pools, "streets, needed", thin.needed)

# Why is a street not given back when it is nearly empty? A house cannot be moved: id() is its address, and every
# reference in the program points there. Only a street without any lamp goes back to the town.
#
# Try: print(glass.map()) and print(glass.pool(houses[0])) as a whole. Find your houses in both.
# Try: keep every 300th house in place of every 40th. How many streets stay?
# Try: glass.save("street.svg", glass.pool(houses[0])) and open the file in a browser.
