"""0. A tour of memory

Two screens from the first object to the last; it prints the same on every run.

Run: glasspy --lesson 0
"""
import gc
import sys
import weakref


def title(text):
    print(f"\n--- {text} ---")


title("1. Everything is an object, and an object is a block of bytes")
for thing in (None, 7, 2 ** 100, 3.5, "glass", (1, 2), object()):
    shown = "an object" if type(thing) is object else repr(thing)
    print(f"{shown:>33}  is of type {type(thing).__name__:8} and takes {sys.getsizeof(thing):3} bytes")
print("The first 16 bytes of each are its header: a count, and the address of its type.")

title("2. A name is not a box: it is a reference to an object")
first = ["a", "list"]
second = first                      # no copy: one more reference
second.append("with two names")
print("first is second:", first is second, "->", first)

title("3. The object counts its references")
# getrefcount holds one reference itself while it counts, so we take that off.
print("two names:", sys.getrefcount(first) - 1)
box = [first, first]
print("twice in a list as well:", sys.getrefcount(first) - 1)
del box, second
print("one name again:", sys.getrefcount(first) - 1)

title("4. At zero it dies, at once")


class Balloon:
    """Something that tells us when it dies."""

    def __init__(self, colour):
        self.colour = colour

    def __del__(self):
        print(f"   pop! ({self.colour})")


balloon = Balloon("red")
watcher = weakref.ref(balloon)      # sees the object without holding it
print("alive:", watcher() is balloon)
print("the name now gets another balloon ...")
balloon = Balloon("blue")
print("the red one is gone:", watcher() is None)

title("5. A dead object's block is given to the next one")


class Page:
    __slots__ = ("text",)


page = Page()
place = id(page)                    # id is the address
del page
page = Page()
print("a new page at the same address:", id(page) == place)

title("6. Some objects are shared by everyone")
small, large = int("256"), int("257")
print("256 is one object:", small is int("256"), "- 257 is made anew each time:", large is not int("257"))
word = "".join(["gl", "ass"])
print("an interned string is found again:", sys.intern(word) is sys.intern("glass"))

title("7. Two that hold each other never reach zero")
one, other = Balloon("green"), Balloon("yellow")
one.friend, other.friend = other, one
watcher = weakref.ref(one)
gc.collect()                        # tidy up first
del one, other
print("no name leads there, yet alive:", watcher() is not None)
found = gc.collect()
print("the collector found the cycle; alive:", watcher() is not None, "- objects freed:", found)

title("8. Objects of one size live in one pool, block beside block")
pages = [Page() for _ in range(4)]
print("a page takes", sys.getsizeof(pages[0]), "bytes, the collector's links in front of it included")
print("all of them in the same pool of 16384 bytes:", len({id(page) // 16384 for page in pages}) == 1)

title("The end")
print("One balloon is left. What happens to it now?")
