"""19. Owners

A key, and everybody who has a copy of it: a locksmith with a good memory.

Run: glasspy --lesson 19
"""
import glass
import sys
import weakref


class Key:
    def __init__(self, opens):
        self.opens = opens

    def __repr__(self):
        return f"the key of the {self.opens}"


class Person:
    pass


print("--- One key, one name ---")
key = Key("cellar")
print(glass.owners(key))
# The last row is the question itself: while glass.owners(key) runs, its argument is a reference too. It is the famous
# "one more" of sys.getrefcount, which asks in the same way:
print("sys.getrefcount says", sys.getrefcount(key))

print("--- Copies for everybody ---")
janitor = Person()
janitor.pocket = key                # an attribute
hooks = [None, key, key]            # two places of one list
cabinet = {"cellar": key, key: "!"}     # a value, and a key of the other sort
note = weakref.ref(key)             # somebody who knows where it is, and has none


def night_watch(mine, spare=key):       # a default argument
    def open_cellar():
        return mine                 # a closure: the local of the outer function, kept in a cell
    return open_cellar


round_at_ten = night_watch(key)
report = glass.owners(key)
print(report)

print("--- The rows add up ---")
counted = [row.count for row in report]
print("  sum of the rows", sum(counted), "- sys.getrefcount", sys.getrefcount(key))

print("--- A lent key is in nobody's list for long ---")


def borrow(it):
    return [row.place for row in glass.owners(it) if row.place.startswith("local")]


print("  while it is lent:", borrow(key))
print("  afterwards:      ", [row.place for row in glass.owners(key) if row.place.startswith("local")])

print("--- Handing everything back ---")
del janitor, round_at_ten, night_watch, report
hooks.clear()
cabinet.clear()
print(glass.owners(key))

# Why does the note not count? Who only knows where a thing is must not keep it from being thrown away.
#
# Try: add `lost = Person(); lost.key = key; lost.me = lost; del lost`. Who has the key now? Whom will you ask to get it
#      back (lesson 24)?
# Try: at the prompt, `glasspy -i --lesson 19`: what does `:owners key` show, and what `:owners None`?
# Try: `:owners key --depth 3` there, before everything is handed back: who holds the janitor, the hooks, the cabinet?
