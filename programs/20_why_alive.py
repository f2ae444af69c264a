"""20. Why alive?

A lamp that will not go out, and the cable that must be followed to its socket.

Run: glasspy --lesson 20
"""
import gc
import glass

gc.collect()
gc.disable()


class Lamp:
    def __init__(self, room):
        self.room = room
        self.next = None


def socket(report):
    """The first row of a path is where the current comes from."""
    return report.rows[0].place.split(",")[0]


print("--- A lamp on a long cable ---")
house = {"cellar": [Lamp("stairs"), Lamp("wine")], "attic": []}
lamp = house["cellar"][1]
print(glass.why_alive(lamp))

print("--- The name is pulled out; the lamp stays on ---")
watched = id(lamp)
del lamp
print(glass.why_alive(house["cellar"][1]))
# There is always one shortest way. Cut it, and ask again: either there is another one, or the light goes out.

print("--- In a room of its own ---")


def visit():
    torch = Lamp("torch")
    print("  the torch burns because of:", socket(glass.why_alive(torch)))


visit()
print("  and the cellar because of: ", socket(glass.why_alive(house["cellar"])))

print("--- No cable at all ---")
print(glass.why_alive(Lamp("spark")))

print("--- Two lamps that feed each other ---")
first, second = Lamp("front"), Lamp("back")
first.next, second.next = second, first
place = id(first)
del first, second
forgotten = [thing for thing in gc.get_objects() if id(thing) == place][0]
print("  while we look for it:", socket(glass.why_alive(forgotten)))
print(glass.why_alive([thing for thing in gc.get_objects() if id(thing) == place].pop()))
del forgotten
print(glass.why_alive([thing for thing in gc.get_objects() if id(thing) == place].pop()))
print("gc.collect() puts out", gc.collect(), "lamps")
gc.enable()

# Why does it say a "path" here and "rows" in lesson 19? Owners look one step back, whoever they are. Only a path that
# begins at a frame or a module says that the lamp is still needed.
#
# Try: put the stairs' lamp into house["attic"] as well. Which way is told? Clear house["cellar"] and ask again.
# Try: hang a lamp on a function: `visit.lamp = Lamp("key ring")`. What is the path to it?
