"""12. Closures

A function that leaves home with a rucksack: it carries references to what it needs.

Run: glasspy --lesson 12
"""
import gc
import weakref


class Photo(list):
    """Many bytes; we only want to know whether they are still there."""

    def __del__(self):
        print(f"      (a photo of {len(self)} points is freed)")


def rucksack(function):
    """What a function carries, by name."""
    cells = function.__closure__ or ()
    return {name: cell.cell_contents for name, cell in zip(function.__code__.co_freevars, cells)}


print("--- What is in the rucksack? ---")


def greeter(greeting, unused="nobody asks for me"):
    def greet(name):
        return f"{greeting}, {name}!"

    return greet


hello, ahoy = greeter("Hello"), greeter("Ahoy")
print(" ", hello("Kim"), rucksack(hello))
print(" ", ahoy("Kim"), rucksack(ahoy))
print("  the code is shared:", hello.__code__ is ahoy.__code__, "- only what is mentioned inside is packed")

print("--- A heavy one ---")


def viewer():
    photo = Photo(range(1000))

    def describe():
        return f"a photo of {len(photo)} points"

    return describe


show = viewer()
print("  viewer() has returned, but its photo is needed:", show())
print("  the last one who holds it goes:")
show = None

print("--- A light one ---")


def light_viewer():
    photo = Photo(range(2000))
    points = len(photo)             # what is really needed

    def describe():
        return f"a photo of {points} points"

    print("  light_viewer() returns:")
    return describe


show = light_viewer()
print(" ", show(), rucksack(show))

print("--- Two functions, one cell ---")


def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def read():
        return count

    return up, read


up, read = counter()
up(), up()
print("  up() twice, read() says", read(), "- one cell in both:", up.__closure__[0] is read.__closure__[0])

print("--- The cell is packed, not the value of that moment ---")
late = [lambda: n for n in range(3)]
print("  all three look into one cell, after the loop:", [function() for function in late])
early = [lambda n=n: n for n in range(3)]
print("  a default takes the value of its moment:     ", [function() for function in early])

print("--- A function in its own rucksack ---")


def countdown():
    def go(n):
        return [n] + go(n - 1) if n else ["lift off"]

    return go


go = countdown()
watch = weakref.ref(go)
print(" ", go(3))
del go
print("  its name is deleted; alive:", watch() is not None, "- it is a ring, as in lesson 5")
gc.collect()
print("  after a collection; alive: ", watch() is not None)

# Why cells? A local name lives on the sheet of its call, and that is thrown away (lesson 3). What an inner function
# mentions is put into a small object of its own, the cell, and call and function both refer to it.
#
# Try: mention `unused` in greet(). What is in the rucksack now?
# Try: `del photo` in viewer() before the return. Who complains, and when?
# Try: let down() join up() and read() in counter().
