"""22. All that it weighs

A backpack is weighed: the cloth, the empty pockets, and what is in it.

Run: glasspy --lesson 22
"""
import glass
import sys


class Backpack:
    def __init__(self):
        self.things = []


print("--- An empty list, and one that has grown ---")
things = []
for row in glass.size(things):
    print(f"  {row.bytes:3}  {row.part}")
for number in range(1001, 1006):
    things.append(number)
print(glass.size(things))

print("--- Whose is it? ---")
# A thing that only this list refers to goes when the list goes. A thing that others hold too stays.
rope = ["r", "o", "p", "e"]
pack = [rope, ["tent", "pegs"], "a label that stands in the program's text"]
fates = glass.size(pack).parts[0]
for row in fates:
    print(f"  {row.place:4} {row.object:60.60} {row.fate}")

print("--- sys.getsizeof sees the cloth only ---")
backpack = Backpack()
backpack.things = list(range(1000))
report = glass.size(backpack)
print("  sys.getsizeof:", sys.getsizeof(backpack))
for row in report:
    print(f"  {row.bytes:5}  {row.part}")
inside = report.parts[0].footers[0]
print("  and inside:   ", inside.bytes, "bytes,", inside.object or inside.place)

print("--- Spare room ---")
room = {}
for row_of in range(3):
    kit = list(range(10))
    for more in range(row_of):
        kit.append(more)
    room[len(kit)] = [row.part for row in glass.size(kit) if "spare" in row.part]
for length, spare in room.items():
    print("  length", length, spare or "exactly as long as needed")

# Why does append() take more room than it needs? Each time that the buffer is full all references move to a larger one.
# If it grew by one each time, a list of n items would move n times.
#
# Try: weigh {}, {1}, "", b"", 1, 2 ** 100, and a class. What does each have in front, and why?
# Try: give Backpack `__slots__ = ("things",)` (lesson 17). Which row is gone?
