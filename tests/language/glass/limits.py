# How much is told: depth and limit.
import gc
import glass
import sys


class Node:
    def __init__(self, next):
        self.next = next


def boxes(report):
    return report.svg().count('<g>')


# A drawing follows references so far, and has so many boxes.
chain = None
for i in range(60):
    chain = Node(chain)
print([boxes(glass.draw(chain, depth=depth)) for depth in (0, 1, 2, 10, None)])
print(boxes(glass.draw(chain, depth=40, limit=5)), boxes(glass.draw(chain, depth=40, limit=100)))
row = [[i] for i in range(20)]
print([boxes(glass.draw(row, depth=1, limit=limit)) for limit in (None, 10, 30)])

# Who holds the holders: rows under rows, while the counts of the first level add up.
inner = [0]
middle = {'inner': inner}
outer = (middle, middle)
for depth in 1, 2, 3, 40:
    report = glass.owners(inner, depth=depth)
    assert sum(row.count for row in report) == sys.getrefcount(inner)
    def show(rows, indent):
        for row in rows:
            print(' ' * indent, row.count, ' '.join(word for word in row.place.split() if '0x' not in word))
            show(row.rows, indent + 2)
    print('depth', depth)
    show(report, 0)

# A cycle is told once; a module is not followed.
first = Node(None)
first.next = Node(first)
report = glass.owners(first, depth=40)
print([(row.place.split(' 0x')[0], len(row.rows)) for row in report])
assert report.dot().count('->') == 4, report.dot()

# Groups, frames, pools, objects of a collection.
many = [inner] * 3
holders = [[inner] for i in range(50)]
for limit in 4, 40, 100:
    report = glass.owners(inner, limit=limit)
    assert sum(row.count for row in report) == sys.getrefcount(inner)
    print(limit, len(report))


def descend(depth):
    return descend(depth - 1) if depth else (glass.stack(limit=3), glass.stack(limit=50))


few, all_frames = descend(30)
print(len(few.parts), len(all_frames.parts) == len(all_frames), few.notes[-1])
print(len(glass.map(limit=1).rows[0].rows), glass.map(limit=1).notes[0].endswith('not told one by one'))
print(len(glass.size(holders).parts[0]), len(glass.size(holders, limit=50).parts[0]))
print(len(glass.compare(holders, list(holders), limit=10).rows[0].rows))
print(len(glass.compare(chain, Node(chain.next), depth=1).rows[0].rows))
gc.disable()
gc.collect()
for i in range(30):
    loop = Node(None)
    loop.next = loop
report = glass.collect(limit=4)
gc.enable()
trash = [row for row in report.parts[0] if row.verdict == 'collected']
print(len(trash), [note for note in report.parts[0].notes if 'trash' in note])
print([row.step for row in report.parts[1]][-1])

for wrong in (lambda: glass.owners(inner, deep=3), lambda: glass.map(depth=3), lambda: glass.size(inner, depth=1),
              lambda: glass.owners(inner, depth='3'), lambda: glass.map(5), lambda: glass.compare(inner)):
    try:
        wrong()
    except TypeError as error:
        print(error)
