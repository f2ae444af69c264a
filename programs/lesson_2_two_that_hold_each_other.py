"""Lesson 2: a cycle, and who frees it.

Try: give Child a weak reference to its parent (weakref.ref(parent)). Is the collector still needed?
"""
import gc
import weakref


class Parent:
    def __init__(self):
        self.children = []


class Child:
    def __init__(self, parent):
        self.parent = parent
        parent.children.append(self)


gc.collect()
gc.disable()                        # nobody tidies up behind our back

parent = Parent()
watch = weakref.ref(parent)
for _ in range(3):
    Child(parent)
print("children:", len(parent.children))

print("deleting the only name ...")
del parent
print("alive:", watch() is not None, "- each child holds it, and it holds the children")
print("collecting:", gc.collect(), "objects")
print("alive:", watch() is not None)
gc.enable()
