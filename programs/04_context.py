"""4. Context

A bookmark is all one needs to go on reading: the line, the names, and who is waiting for the end.

Run: glasspy --lesson 4
"""
import sys


def bookmark(frame):
    """What a call must remember in order to go on: where it is, and what its names refer to."""
    # Lines are counted from the head of the function, so that this text does not change with the file.
    line = frame.f_lineno - frame.f_code.co_firstlineno
    names = {name: value for name, value in frame.f_locals.items() if name != "frame"}
    return f"{frame.f_code.co_name}, line {line}, {names}"


print("--- A call under way ---")


def inner(page):
    note = page * 2
    frame = sys._getframe()
    print("  now    :", bookmark(frame))
    # The caller waits. Its bookmark lies still, on the line that called.
    print("  waiting:", bookmark(frame.f_back))
    return note


def outer(book):
    chapter = len(book)
    page = inner(chapter)
    return page


outer("Python")

print("\n--- A call that can be put aside ---")


def novel(title):
    yield f"{title}, chapter one"
    hero = "Ada"
    yield f"{hero} finds a key"
    hero = hero + " and Bob"
    yield f"{hero} open the door"


# Two readers of one text: the code is the same object, the bookmarks are not.
mine, yours = novel("Night"), novel("Day")
print("  mine :", next(mine))
print("  yours:", next(yours))
print("  mine :", next(mine))
print("  mine :", next(mine))
print("  one code:", mine.gi_code is yours.gi_code)
for whose, reader in ("mine", mine), ("yours", yours):
    print(f"  {whose:5} is at", bookmark(reader.gi_frame))
del reader

print("\n--- Whoever holds bookmarks can decide who reads next ---")


def work(name, steps):
    for step in range(1, steps + 1):
        print(f"  {name} {step}/{steps}", end=";")
        yield


def take_turns(tasks):
    """A scheduler: resume the first, put it behind the others. So does an operating system with its threads."""
    while tasks:
        task = tasks.pop(0)
        try:
            next(task)
        except StopIteration:
            continue
        tasks.append(task)


take_turns([work("wash", 2), work("cook", 4), work("write", 3)])
print()

print("\n--- Nobody waits for a finished call ---")
for _ in yours:
    pass
print("  the frame of a generator at its end:", yours.gi_frame)

# Why does it matter? A thread, a generator, a debugger and a traceback are the same thought: keep the bookmark, and you
# can stop here and go on later, or tell where you have been. What is not in the bookmark is shared by all: the globals
# and every object in the heap.
#
# Try: print bookmark(mine.gi_frame) after each next(mine). Which names come and go?
# Try: let take_turns pop from the end, tasks.pop(). What becomes of the order?
# Try: raise an error in inner() and catch it in the last line: error.__traceback__.tb_next.tb_frame is a bookmark.
