"""28. Behind the line

One line of a program is many small steps; each step says what it does to the counts.

Run: glasspy --lesson 28
"""
import glass
import sys


def steps(function):
    for row in glass.dis(function):
        line = "" if row.line is None else row.line - function.__code__.co_firstlineno
        print(f"  {line:3} {row.equation:34} {row.counts or ''}")


def bill(price, tip):
    total = price + tip
    return total


def swap(a, b):
    a, b = b, a
    return [a, b]


def first(things):
    for thing in things:
        return thing
    return None


print("--- An addition ---")
steps(bill)
# "+1" is a reference that begins, "-1" one that ends, "lent" one that is only looked at.

print("--- Changing places ---")
steps(swap)

print("--- A loop ---")
steps(first)

print("--- Do the counts come out? ---")
thing = object()
before = sys.getrefcount(thing)
swap(thing, thing)
first([thing])
print("  before and after:", before, sys.getrefcount(thing))

print("--- What a constant costs ---")


def greeting():
    return "good day"


steps(greeting)
print("  one object for all calls:", greeting() is greeting())

# Why does a function that returns its local not add one and take one away? The reference moves: the frame ends, and its
# last act is to hand over what it has.
#
# Try: write `return price + tip` in one line. Which steps are gone?
# Try: def f(x): del x. And def f(x): x = None. What is the difference in steps, and what in counts?
# Try: `glasspy dis program.py name` shows a function of a program of yours.
