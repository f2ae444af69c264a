# Texts as keys are passed over, any other key is not; the class of an instance comes last.
import gc

inner = [1]
print(gc.get_referents({"a": inner, "b": "text"}))
print(gc.get_referents({"a": inner, 2: "two"}))
print(gc.get_referents({}))


class Node:
    def __init__(self):
        self.name = "n"
        self.children = []


print([type(found).__name__ for found in gc.get_referents(Node())])
