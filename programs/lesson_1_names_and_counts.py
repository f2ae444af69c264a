"""Lesson 1: how many references does an object have, and who holds them?

Try: add `again = letter` before a line that counts. What changes?
"""
import sys


def count(thing):
    # The parameter `thing` and what the call holds are not counted.
    return sys.getrefcount(thing) - SEEN_HERE


SEEN_HERE = 0
SEEN_HERE = count(object())

letter = ["Dear reader"]
print("a name:                 ", count(letter))
copy_of_the_name = letter
print("two names:              ", count(letter))
drawer = {"top": letter, "bottom": letter}
print("and twice in a dict:    ", count(letter))
drawer["top"] = None
print("one taken out:          ", count(letter))


class Desk:
    pass


desk = Desk()
desk.paper = letter
print("an attribute:           ", count(letter))


def read():
    return letter


print("a global in a function: ", count(letter), "(looked up by its name, not held)")


def keep(paper):
    return lambda: paper


kept = keep(letter)
print("a closure holds it:     ", count(letter))
del kept, desk, drawer, copy_of_the_name
print("all let go:             ", count(letter))
