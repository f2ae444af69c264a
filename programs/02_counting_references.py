"""2. Counting references

Every object counts its references; the one who lets go last turns off the light.

Run: glasspy --lesson 2
"""
import sys


class Room:
    """Its light burns as long as anybody holds a key."""

    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(f"      (the light in the {self.name} goes out)")


def keys(thing):
    # getrefcount holds a key itself while it counts, and so does the call. Both are taken off.
    return sys.getrefcount(thing) - OF_THE_CALL


OF_THE_CALL = 0
OF_THE_CALL = keys(object())

print("Who holds a key?")
room = Room("kitchen")
print("  a name                  ", keys(room))
second = room
print("  two names               ", keys(room))
ring = [room, room]
print("  and twice on a key ring ", keys(room))
house = {"cook": room}
print("  and as value in a dict  ", keys(room))
family = Room("attic")
family.neighbour = room
print("  and as an attribute     ", keys(room))


def visit(guest_key):
    return keys(guest_key)


print("  while a call has it     ", visit(room), "(its parameter is a name, too)")
print("  after that call         ", keys(room))

print("Giving them back, one by one:")
del second
print("  a name deleted          ", keys(room))
ring.pop()
print("  one off the ring        ", keys(room))
ring.clear()
print("  the ring is empty       ", keys(room))
house["cook"] = None
print("  the dict took None      ", keys(room))
print("  the attic goes, and the key that was left in it:")
del family
print("  only the name is left   ", keys(room))
print("  the name gets something else:")
room = None
print("  this line came after the light: nobody had to wait for a collector.")

print("A function's end is such a moment as well:")


def evening():
    parlour = Room("parlour")
    print("  reading in the", parlour.name)


evening()
print("  and home again")

print("An error on its way holds everything that its calls held:")


def stumble():
    cellar = Room("cellar")
    raise ValueError("a step is missing in the " + cellar.name)


try:
    stumble()
except ValueError as error:
    print("  caught:", error)
    print("  still lit: the traceback leads to the call, the call to the room")
print("  after the handler")

# Why count? Because the moment of death is known: files close, locks open, memory is used again at once. The price is
# paid at each assignment (one up, one down) and in cycles, which lesson 5 is about.
#
# Try: keep the error (`kept = error` in the handler). When does the cellar's light go out now?
# Try: add `again = room` somewhere above. Which counts rise? When does the light go out?
# Try: `print(sys.getrefcount(None))`. Why so many?
