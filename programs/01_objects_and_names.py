"""1. Objects and names

A name is a luggage tag: tying a second tag to a suitcase gives no second suitcase.

Run: glasspy --lesson 1
"""


def title(text):
    print(f"\n--- {text} ---")


def tags(names):
    """Which names hang on the same object? Equal identity means: one object."""
    groups = {}
    for name, thing in names.items():
        groups.setdefault(id(thing), []).append(name)
    for group in groups.values():
        print("  one object:", ", ".join(group), "->", names[group[0]])


title("Three tags, two suitcases")
holiday = ["hat", "map"]
trip = holiday                      # ties a tag, packs nothing
work = ["hat", "map"]               # packs a second suitcase with the same things
tags({"holiday": holiday, "trip": trip, "work": work})
print("holiday == work:", holiday == work, "  (the same content?)")
print("holiday is work:", holiday is work, " (the same suitcase?)")

title("Whoever opens it by one tag changes it for all tags")
trip.append("camera")
tags({"holiday": holiday, "trip": trip, "work": work})

title("Assigning moves the tag, it does not touch the suitcase")
trip = ["passport"]
tags({"holiday": holiday, "trip": trip, "work": work})

title("A call ties a tag, too")


def pack(case):
    case.append("socks")            # through the tag: the caller sees it
    case = ["nothing"]              # moves the tag of this call only
    return case


returned = pack(work)
print("  work:", work, " returned:", returned)

title("+= asks the object first")
# A list can grow where it is; a number or a text cannot change, so += must tie the tag to another object.
for start, more in (["a"], ["b"]), ("a", "b"), (1000, 1), (("a",), ("b",)):
    value = start
    value += more
    print(f"  {type(start).__name__:6} += : the same object: {str(value is start):5}  the first tag shows {start}")

title("A tuple cannot be repacked, but what is in it can")
drawer = ("keys", ["coin"])
drawer[1].append("coin")
print("  ", drawer)
try:
    drawer[0] = "letters"
except TypeError as error:
    print("   refused:", error)

# Why is it so? Copying a suitcase at each assignment would cost time and room at every call. A tag costs 8 bytes,
# whatever the suitcase weighs. The price: two parts of a program may hold the same list without knowing it.
#
# Try: write `trip = holiday[:]` instead of `trip = holiday`. Which lines change?
# Try: give pack() a default, `def pack(case=[])`, and call pack() twice. Where does the first sock go?
# Try: compare id(value) before and after `value += more`.
