import gc

gc.collect()


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died", self.name)


a, b = Node("a"), Node("b")
a.other, b.other = b, a
del a, b
print("nothing yet")
print(gc.collect())
l = []
l.append(l)
del l
print(gc.collect())
d = {}
d["self"] = d
d = None
print(gc.collect())


def f():
    def g():
        return g
    return 1


f()
print(gc.collect(), gc.garbage)
