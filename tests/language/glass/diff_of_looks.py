# What came, went and moved since the last look.
import gc
import glass
import tracemalloc


class Node:
    pass


def of(report, name):
    found = [row for row in report if row.type == name]
    return [(row.came, row.went, row.change) for row in found]


gc.disable()
gc.collect()
first = glass.diff()
print(first.kind, len(first), first.notes)
nodes = [Node() for _ in range(10)]
report = glass.diff()
row = [row for row in report if row.type == 'Node'][0]
print(of(report, 'Node'), [(inner.type, inner.came) for inner in row.rows])
print(report.footers[0].came - report.footers[0].went == report.footers[0].change)

# Another object at the same address is another object.
address = id(nodes[3])
nodes[3] = None
nodes[3] = Node()
print(id(nodes[3]) == address, of(glass.diff(), 'Node'))
print(of(glass.diff(), 'Node'))

# Generations.
gc.collect(0)
row = [row for row in glass.diff() if row.type == 'Node'][0]
print(row.came, row.went, row.moved)
del nodes
print(of(glass.diff(), 'Node'))

# Beside tracemalloc both are told of everything.
tracemalloc.start()
more = [Node() for _ in range(3)]
taken, _ = tracemalloc.get_traced_memory()
print(of(glass.diff(), 'Node'), taken > 0)
number = glass.watch(more)
tracemalloc.stop()
del more
print(of(glass.diff(), 'Node'), glass.life(number)[-1].event)
