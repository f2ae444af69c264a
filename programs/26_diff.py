"""26. What has changed

Two photographs of a kitchen, one before and one after the cook.

Run: glasspy --lesson 26
"""
import gc
import glass

gc.collect()
gc.disable()


class Dish:
    def __init__(self, name):
        self.name = name
        self.parts = []


def change(report):
    """The rows of the types that matter here."""
    for row in report:
        if row.type in ("Dish", "list", "dict", "tuple"):
            print(f"  {row.type:6} came {row.came:3}  went {row.went:3}  change {row.change:+d}")


print("--- The first photograph ---")
print(" ", glass.diff().notes[0])

print("--- A cook who tidies up ---")


def cook(number):
    dishes = [Dish(f"dish {n}") for n in range(number)]
    return len(dishes)


cook(10)
change(glass.diff())
print("  nothing of it: what comes and goes between two photographs is on neither")

print("--- A cook who keeps the leftovers ---")
fridge = []


def cook_and_keep(number):
    for n in range(number):
        dish = Dish(f"dish {n}")
        if n % 3 == 0:
            fridge.append(dish)


cook_and_keep(10)
print(str(glass.diff()).split("\n", 1)[1])

print("--- Emptying the fridge ---")
fridge.clear()
dish = None
change(glass.diff())
gc.enable()

# Why two photographs and no counter? A counter of all dishes says that much was cooked; only the difference says that
# something is left. A leak is a change that has the same sign after every round.
#
# Try: cook_and_keep three times with a diff behind each. Which number is always positive?
# Try: run `glasspy diff 26.py` on a copy: what has the whole program left?
