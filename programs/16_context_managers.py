"""16. Context managers

A door that closes behind you, whether you walk out, run out or are thrown out.

Run: glasspy --lesson 16
"""
import contextlib
import weakref


class Door:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print(f"    open  {self.name}")
        return self

    def __exit__(self, kind, error, traceback):
        reason = f"because of {kind.__name__}" if kind else "as planned"
        print(f"    close {self.name} ({reason})")
        return False                # the error goes on


print("--- Three ways out ---")
with Door("front door"):
    print("      walking through")


def run():
    with Door("back door"):
        return "  (what run() returns, behind the closed door)"


print(run())
try:
    with Door("trap door"):
        print("      so far, so good", 1 // 0)
except ZeroDivisionError as error:
    print("  caught outside:", error)

print("--- Last opened, first closed ---")
with Door("house"), Door("room"), Door("cupboard"):
    print("      at the cupboard")

print("--- Closing is not dying ---")
with Door("garden gate") as gate:
    watch = weakref.ref(gate)
print("  the block is over; the name is still there:", gate.name, "- alive:", watch() is not None)
del gate
print("  the last reference is gone; alive:", watch() is not None)

print("--- Written as a generator: before, the visit, after ---")


@contextlib.contextmanager
def borrowed(books, title):
    books.remove(title)
    try:
        yield title.upper()         # here the body of the `with` runs
    finally:
        books.append(title)


shelf = ["Emma", "Ulysses"]
try:
    with borrowed(shelf, "Emma") as book:
        print("      reading", book, "- on the shelf:", shelf)
        raise KeyError("a page is missing")
except KeyError:
    print("  put back in spite of it:", shelf)

print("--- Memory with an end ---")


class Workbench:
    """What is made on it is taken off at the end, whoever still holds the bench."""

    def __init__(self):
        self.things = []

    def make(self, size):
        self.things.append(bytearray(size))
        return self.things[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.things.clear()


with Workbench() as bench:
    sizes = [len(bench.make(1000)) for _ in range(5)]
    saved = bench.make(7)
    print("      on the bench:", len(bench.things), "things,", sum(map(len, bench.things)), "bytes")
print("  afterwards:", len(bench.things), "things; what we hold ourselves is ours:", len(saved), "bytes")

print("--- As many doors as it takes ---")
with contextlib.ExitStack() as stack:
    doors = [stack.enter_context(Door(f"door {number}")) for number in (1, 2, 3)]
    stack.callback(print, "    (the note at the last door)")
    print("      through", len(doors), "doors")

print("--- Some errors are expected ---")
with contextlib.suppress(FileNotFoundError):
    open("no such file anywhere")
    print("this line is never reached")
print("  nobody minds")

# Why not leave it to __del__? An object dies when the last one lets go: a traceback, a cache, a ring may hold it longer
# than you think. `with` says in the text of the program where the end is.
#
# Try: return True from Door.__exit__. Which line is missing now?
# Try: leave out try/finally in borrowed(). Who has the book in the end?
# Try: let Door("room") fail in __enter__. Which doors are closed?
