"""25. A life

A bottle is followed from the shelf to the press; then another one stands in its place.

Run: glasspy --lesson 25
"""
import gc
import glass

gc.disable()


class Bottle:
    def __init__(self, name):
        self.name = name


print("--- Somebody watches ---")
bottle = Bottle("green")
number = glass.watch(bottle)


def drink(it):
    taste = it.name
    return taste


def party():
    box = [bottle] * 3              # three references more
    drink(bottle)                   # lent, and back
    box.pop()
    return len(box)


party()
print(glass.life(bottle))

print("--- It dies, and something takes its place ---")
shelf = {"top": bottle}
del bottle
shelf.clear()
heir = Bottle("brown")
print(glass.life(number))

print("--- Growing old ---")
heirloom = Bottle("blue")
number = glass.watch(heirloom)
gc.collect(0)
gc.collect(1)
print(glass.life(number))

print("--- Pulled down with its box ---")
crate = [Bottle("white")]
number = glass.watch(crate[0])
del crate
ends = [(row.line, row.by) for row in glass.life(number) if row.event == "dies"]
print("  it dies:", *ends)

print("--- Who is watched ---")
for row in glass.watch():
    print(f"  {row.number}  {row.state}")
print("  forget them all:", glass.unwatch(), len(glass.watch()))
gc.enable()

# Why does the first life begin "before watching began"? Nobody wrote it down. Once something is watched, the making of
# everything is written down too: the heirloom knows its line.
#
# Try: watch the list `box` inside party(). Where does it die, and why there?
# Try: `glasspy life program.py name` watches from the start what a name gets first.
