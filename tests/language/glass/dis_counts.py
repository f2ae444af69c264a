# Bytecode as equations, with what each instruction does to counts.
import glass


def sample(x, items):
    total = x + 1
    for item in items:
        total = total + item.value
    pair = [x, total]
    pair.append(x)
    items[0] = pair
    x.name = total
    del total
    print(x)
    return pair


report = glass.dis(sample)
print(report.kind, '|', report.title)
for row in report:
    print(f'{row.equation:45} {row.counts}')


def outer():
    held = []
    def inner(value):
        held.append(value)
        yield value
    return inner


report = glass.dis(outer)
print([row.equation.strip() for row in report][:3])
print([(part.title.split(',')[0], len(part)) for part in report.parts])

class Both:
    def one(self): return self
    def two(self): pass

print([part.title.split(',')[0] for part in glass.dis(Both).parts])
print(glass.dis(Both().one).title == glass.dis(Both.one).title == glass.dis(Both.one.__code__).title)

# What has rewritten itself is told.
def attribute(node):
    return node.value

class Node:
    def __init__(self):
        self.value = 1

print(glass.dis(attribute).notes[:-1])
for _ in range(3):
    attribute(Node())
print(glass.dis(attribute).notes[:-1])

try:
    glass.dis(3)
except TypeError as error:
    print(error)
