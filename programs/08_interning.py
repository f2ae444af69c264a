"""8. Interning

A rubber stamp is carved once; whoever needs the same word borrows it.

Run: glasspy --lesson 8
"""
import sys


def made(text):
    """A text built while the program runs: nobody has seen it before."""
    return "".join(list(text))


def same(first, second):
    return "one object  " if first is second else "two objects "


print("--- Small whole numbers are carved in advance ---")
for text in "-6", "-5", "0", "256", "257":
    print(f"  int({text!r:>6}) twice: {same(int(text), int(text))}")
numbers = [int(str(n)) for n in range(-10, 300)]
again = [int(str(n)) for n in range(-10, 300)]
shared = [n for n, m in zip(numbers, again) if n is m]
print("  shared are all from", shared[0], "to", shared[-1])

print("--- So is what is empty or one letter long ---")
for name, first, second in (
    ("an empty text", "", made("")),
    ("one letter", "g", made("glass")[0]),
    ("an empty tuple", (), tuple([])),
    ("an empty list", [], list()),
):
    print(f"  {name:14}: {same(first, second)}")
print("  An empty list is always a new one: it may be filled, and then each is different.")

print("--- Words in the program text: those that look like names are stamps ---")
word, phrase = "lantern", "lantern light"
print("  written twice    ", same(word, "lantern"), "(looks like a name)")
print("  put together     ", same(word, made("lantern")), "(equal, but made at run time)")
print("  asked for a stamp", same(sys.intern(word), sys.intern(made("lantern"))))
print("  a phrase, too    ", same(sys.intern(phrase), sys.intern(made("lantern light"))), "(anything can be a stamp)")

print("--- What it is good for ---")
# A table of 10,000 rows, three different cities, read letter by letter as if from a file.
cities = ["Oslo by the fjord", "Porto by the sea", "Quito up the hill"]
plain = [made(cities[n % 3]) for n in range(10_000)]
stamped = [sys.intern(made(cities[n % 3])) for n in range(10_000)]


def weight(texts):
    """Bytes of all the different objects."""
    return sum({id(text): sys.getsizeof(text) for text in texts}.values())


print("  equal tables:", plain == stamped)
print(f"  plain  : {len({id(text) for text in plain}):6} objects {weight(plain):7} bytes")
print(f"  stamped: {len({id(text) for text in stamped}):6} objects {weight(stamped):7} bytes")

print("--- What it is not good for ---")
secret = made("lantern")
print("  == asks for the content:  ", secret == "lantern")
print("  is asks for the stamp:    ", secret is word, "- so compare texts and numbers by ==, always")
print("  None is carved only once: ", [].sort() is None, "- here `is` is right")

# Why may these be shared? Nobody can change a number or a text, so nobody can tell a shared one from one of his own,
# but by `is` and by the room it takes. Names of variables and attributes are looked up all day long: with stamps the
# comparison is mostly one of addresses.
#
# Try: write `x = 257` and `y = 257` on two lines, then on one, then in a function. When is `x is y`?
# Try: "lantern" + "light" and word + "light". Which one is computed before the program starts?
# Try: does sys.intern accept a list? Why not?
