# Arguments of every kind move to their parameters, and what does not fit is told without harm.
import sys


class Tracked:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("gone", self.name)


def plain(a, b=2, c=3):
    return a, b, c


def only(a, *, d=4, e):
    return a, d, e


def rest(a, *more, d=4):
    return a, more, d


def words(a, b=2, /, c=3, **extra):
    return a, b, c, extra


def every(a, b=2, *more, d, e=5, **extra):
    return a, b, more, d, e, extra


def many(a, b, c, d, e, f, g, h, i, j, k, l, m=13, *, n=14, o, **extra):
    return a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, extra


def attempt(function, *args, **keywords):
    try:
        print(function.__name__, function(*args, **keywords))
    except TypeError as error:
        print(error)


attempt(plain, 1, c=5)
attempt(plain, c=5, b=6, a=7)
attempt(plain, 1, a=2)
attempt(plain, 1, 2, 3, 4)
attempt(plain, b=1)
attempt(plain, 1, z=2)
attempt(only, 1, e=2)
attempt(only, 1, 2, e=3)
attempt(only, 1, d=2)
attempt(rest, 1, 2, 3, d=6)
attempt(rest, 1)
attempt(rest, d=1)
attempt(words, 1, 2, 3, x=4, a=5)
attempt(words, 1, c=7, b=8)
attempt(words, c=1)
attempt(every, 1, 2, 3, 4, d=5, z=6, e=7, y=8)
attempt(every, d=1, a=2, q=3)
attempt(every, 1, 2, 3, z=3)
attempt(many, *range(12), o=1, z=2)
attempt(many, *range(5), f=5, g=6, h=7, i=8, j=9, k=10, l=11, o=12, n=13)
attempt(many, *range(5), f=5, g=6, z=7)
attempt(many, *range(14), o=1)

# Direct calls, where arguments are dropped when nobody takes them over.
print(every(Tracked("one"), Tracked("two"), Tracked("three"), d=Tracked("four"), z=Tracked("five")))
print("between")
try:
    plain(Tracked("lost"), c=1, zz=2)
except TypeError as error:
    print(error)
    error = None
print("after")

# The same object many times.
thing = object()
before = sys.getrefcount(thing)
every(thing, thing, thing, thing, d=thing, e=thing, x=thing, y=thing)
words(thing, thing, c=thing, x=thing, y=thing)
plain(thing, c=thing)
for function in (plain, words):
    try:
        function(thing, thing, thing, thing, thing, x=thing)
    except TypeError:
        pass
print(sys.getrefcount(thing) - before)


class Name(str):
    def __hash__(self):
        plain(9, 9, 9)
        return str.__hash__(self)

    def __eq__(self, other):
        plain(8, 8, 8)
        return str.__eq__(self, other)


print(every(1, 2, 3, **{"d": 4, Name("x"): [5], Name("e"): [6], Name("w"): [7]}))
print(list(map(lambda x, **k: k, [1])))

# Unpacking: tuples that are used again, kept, of wrong size, and a name that is unbound meanwhile.
table = {"a": 1, "b": 2, "c": 3}
kept = []
for pair in table.items():
    kept.append(pair)
    key, value = pair
print(kept)
for key, value in table.items():
    if key == "b":
        kept = (key, value)
print(kept)
try:
    for key, value in table.items():
        table[key + key] = value
except RuntimeError as error:
    print(error)
try:
    for key in table:
        del table[key]
        table[key] = 1
        table.setdefault("z", 1)
        table.pop("z")
        if len(kept) > 40:
            break
        kept += (1,)
except RuntimeError as error:
    print(error)
try:
    for a, b, c in {1: 2}.items():
        pass
except ValueError as error:
    print(error)
try:
    (a,) = (1, 2)
except ValueError as error:
    print(error)
for index, (a, b) in enumerate(zip([1, 2], ("x", "y"))):
    print(index, a, b)
print(list(enumerate(enumerate((5, 6), 3))), list(zip((1, 2, 3), [4, 5])), list(zip([1], (2, 3), strict=False)))
try:
    list(zip([1], (2, 3), strict=True))
except ValueError as error:
    print(error)
for a, b in {Tracked("key"): Tracked("value"), 3: Tracked("other")}.items():
    print(a, b)
del a, b


def deep(n):
    a, b, c, d, e, f, g, h, i = range(9)
    yield from (deep(n - 1) if n else ())
    yield a + b + i + n
    while n:
        n -= 1
        yield n, a, b, c, d, e, f, g, h, i


print(list(deep(3)), sum(x for x in (y for y in range(9))), any(x > 3 for x in range(9)))
