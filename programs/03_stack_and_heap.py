"""3. Stack and heap

Calls are sheets on a pile, the last one on top; but what is written there are only addresses.

Run: glasspy --lesson 3
"""
import sys
import weakref


class Cake(list):
    """A list that can be watched."""


def pile():
    """The sheets of the calls under way, the newest first, without this one."""
    sheet = sys._getframe(1)
    while sheet is not None:
        yield sheet.f_code.co_name, sheet.f_locals
        sheet = sheet.f_back


def show_pile():
    names = [name for name, _ in pile()]
    print("   the pile:", " | ".join(reversed(names[1:])))     # this call's own sheet left out


print("--- Each call puts a sheet on the pile, each return takes it off ---")


def buy():
    show_pile()
    return Cake(["flour", "sugar"])


def bake():
    show_pile()
    cake = buy()
    cake.append("heat")
    show_pile()
    return cake


breakfast = bake()
show_pile()
print("   the sheets are gone, the cake is not:", breakfast)

print("\n--- The sheet dies at return, the object dies with its last reference ---")
watched = []


def party(take_home):
    first, second = Cake(["plain"]), Cake(["cherry"])
    watched[:] = weakref.ref(first), weakref.ref(second)
    return second if take_home else None


leftover = party(take_home=True)
print("   taken home:     plain is alive:", watched[0]() is not None, "- cherry is alive:", watched[1]() is not None)
leftover = party(take_home=False)
print("   nothing taken:  plain is alive:", watched[0]() is not None, "- cherry is alive:", watched[1]() is not None)

print("\n--- Recursion: the same function, a sheet for each call ---")


def layers(n):
    """A cake of n layers, the smallest on top."""
    if n == 0:
        # Here the pile is at its highest. Each sheet has an `n` of its own.
        heights = [variables["n"] for name, variables in pile() if name == "layers"]
        print("   n on the sheets, newest first:", heights)
        return []
    cake = layers(n - 1)
    cake.append("=" * n)
    return cake


for line in layers(4):
    print(f"{line:^15}")

print("\n--- All the sheets may point to one object ---")


def pass_on(cake, times):
    if times:
        return pass_on(cake, times - 1)
    places = {id(variables["cake"]) for name, variables in pile() if name == "pass_on"}
    return len(places)


print("   5 calls, so many cakes:", pass_on(breakfast, 4))

print("\n--- The pile is limited ---")


def forever(depth=1):
    return forever(depth + 1)


try:
    forever()
except RecursionError as error:
    print("   stopped:", error)
print("   a loop or a list of our own as pile has no such limit:")
todo, done = [100_000], 0
while todo:
    left = todo.pop()
    done += 1
    if left > 1:
        todo.append(left - 1)
print("  ", done, "steps")

# Why two places? What belongs to a call ends with the call, in reverse order: a pile needs no search for a free place.
# What may outlive it cannot lie there, so every object lives in the heap, and a sheet only says where.
#
# Try: sys.setrecursionlimit(200) at the top. Which lines change?
# Try: call show_pile() in layers(). How does the pile grow and shrink?
# Try: return `first` at party(). Which of the two survives?
