# A collection retold: the equation of each candidate, what became of the trash, why survivors live.
import gc
import glass
import weakref


class Node:
    def __init__(self, other=None):
        self.other = other


class Loud(Node):
    def __del__(self):
        print('__del__ of', type(self).__name__)


class Lazarus(Node):
    def __del__(self):
        risen.append(self)


risen = []
gc.disable()
gc.collect()


def rows(report, name):
    return [row for row in report.parts[0] if row.object.startswith(name)]


def look():
    first, second = Node(), Node()
    first.other, second.other = second, first
    weak = weakref.ref(first, lambda reference: print('callback'))
    alone = Loud()
    alone.other = alone
    back = Lazarus()
    back.other = back
    kept = Node()
    kept.other = [kept, kept]
    del first, second, alone, back
    return glass.collect()


report = look()
print(report.kind, report.title.split(': ')[0])
for row in report:
    if row[0] != 'update_refs' and row[0] != 'subtract_refs':
        print(row[0], row.number, '|', row.what_it_did)

# count - inside = outside, and each reference from inside is told, of many the first eight one by one.
for row in report.parts[0]:
    assert row.count - row.inside == row.outside, row
    told = [inner.object for inner in row.rows]
    taken = [int(text[2:text.index(':')]) for text in told if text.startswith('- ')]
    assert sum(taken) == row.inside and taken[:8] == [1] * min(row.inside, 8), row
    if row.verdict == 'survives':
        alive = [text for text in told if text.startswith('alive: ')]
        assert len(alive) == max(row.outside, 1), (row, alive)
    else:
        assert row.outside == 0

for name in 'Node', 'Loud', 'Lazarus', 'list':
    for row in rows(report, name):
        told = [inner.object.split(' 0x')[0] for inner in row.rows]
        print(name, row.count, row.inside, row.outside, row.verdict, told)

for row in report.parts[1]:
    print(row[0], '|', ' '.join(word for word in row.step.split() if '0x' not in word))

# Nothing is kept, and nothing is left to collect.
risen.clear()
report = glass.collect()
print(report.title.split(', ')[1], [row.verdict for row in rows(report, 'Lazarus')])
report = glass.collect(0)
print(report.title)
print([row.number for row in report][-1], gc.collect())

# A young collection: what an older object refers to lives by it.
old = [Node()]
gc.collect()
old[0].other = Node()
report = glass.collect(0)
for row in rows(report, 'Node'):
    print(row.generation, row.count, row.outside, [inner.object.split(' 0x')[0] for inner in row.rows])

for bad in 3, -1:
    try:
        glass.collect(bad)
    except ValueError as error:
        print(error)
