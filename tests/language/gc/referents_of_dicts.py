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


class Own(dict):
    pass


class Dying(dict):
    def __del__(self):
        pass


def shown(thing):
    print(type(thing).__name__, [type(referent).__name__ for referent in gc.get_referents(thing)])


shown(Own())
shown(Own(x=None, y=[]))
shown(Dying(x=()))
own = Own()
own.name = "attribute"
own["key"] = {}
shown(own)
own[1] = []
shown(own)
