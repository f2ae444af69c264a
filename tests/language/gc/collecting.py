"""What collect returns and does."""
import gc

gc.disable()
gc.collect()


class Node:
    def __init__(self, name, *others):
        self.name = name
        self.others = list(others)

    def __del__(self):
        print("  del", self.name)


def ring(*names):
    nodes = [Node(name) for name in names]
    for at, node in enumerate(nodes):
        node.others.append(nodes[(at + 1) % len(nodes)])
    return nodes[0]


ring("a", "b", "c")
print(gc.collect())
kept = ring("d", "e")
kept.others.append(ring("f"))
print(gc.collect(), gc.collect(0), gc.collect(1))
kept = None
print(gc.collect(0), gc.collect(1), gc.collect(2))

print("a list in itself, a dict in itself, a closure, a class")
items = []
items.append(items)
table = {}
table["self"] = table


def outer():
    def inner():
        return inner
    return inner


outer()
del items, table
print(gc.collect())


def make():
    class Local:
        pass


make()
print(gc.collect() > 0)

print("resurrection")
saved = []


class Cat:
    def __init__(self):
        self.me = self

    def __del__(self):
        print("  meow")
        saved.append(self)


Cat()
print(gc.collect(), len(saved), gc.is_finalized(saved[0]))
saved.clear()
print(gc.collect(), len(saved))

print("collect inside a finalizer")


class Nested:
    def __init__(self):
        self.me = self

    def __del__(self):
        print("  inside:", gc.collect())


Nested()
print(gc.collect())

print("statistics")
before = gc.get_stats()[1]
ring("g")
gc.collect(1)
after = gc.get_stats()[1]
print({key: after[key] - before[key] for key in after})
