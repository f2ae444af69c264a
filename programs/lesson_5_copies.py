"""Lesson 5: assignment, shallow copy, deep copy.

Try: let the box hold itself (box.append(box)) before it is copied.
"""
import copy

box = [["inner"], "text"]
same = box
shallow = copy.copy(box)
deep = copy.deepcopy(box)
for name, other in (("assignment", same), ("shallow", shallow), ("deep", deep)):
    print(f"{name:10} new box: {str(other is not box):5}  new inner list: {other[0] is not box[0]}")
box[0].append("changed")
print("after a change of the inner list:")
print("  shallow", shallow)
print("  deep   ", deep)
print("The text is shared by all: nobody can change it:", deep[1] is box[1])
