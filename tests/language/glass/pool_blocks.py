# A pool block by block: the objects in it, buffers by their owners, the free list in order, the tail.
import gc
import glass
import sys


def row_of(report, address):
    return [row for row in report if row.block == address][0]


class Node:
    def __init__(self, value):
        self.value = value


# An object without anything in front of its header stands at the start of its block.
number = 123456.5
row = row_of(glass.pool(number), id(number))
print(row.holds, row.type, row.value, row.count == sys.getrefcount(number))

# A container stands behind the collector's links.
numbers = [number, number]
row = row_of(glass.pool(numbers), id(numbers) - 16)
print(row.holds, row.type, row.value, gc.is_tracked(numbers) == (row.generation is not None))
print(row.count == sys.getrefcount(numbers))

# An instance has four words in front.
node = Node(1)
row = row_of(glass.pool(node), id(node) - 32)
print(row.type, row.generation in (0, 1, 2), row.value == f'Node {id(node):#x}')


# Every buffer names its owner.
def buffers(size_of, what):
    found = []
    for arena in glass.map():
        for pool in arena.rows:
            if pool.holds == 'pool' and pool.used:
                found += [row for row in glass.pool(pool.place) if row.holds == 'buffer' and row.value == what]
    return len(found)


def gen(a):
    yield a


running = gen(7)
next(running)
several = {1, 2, 3, 4, 5, 6, 7}
array = bytearray(b'some bytes')
table = {'key': 1}
from collections import deque
ring = deque([1, 2, 3])
for owner, what in [
    (numbers, 'items of list'),
    (table, 'table of dict'),
    (array, 'bytes of bytearray'),
    (ring, 'ring of collections.deque'),
    (running, 'registers of generator'),
    (node, 'attribute values of Node'),
    (several, 'table of set'),
]:
    print(what, buffers(owner, f'{what} {id(owner):#x}'))
print('keys', buffers(Node, 'keys of class Node'), buffers(Node, 'names in keys of class Node'))

# What is freed comes first in the free list, and the next object takes it.
first, second = 1.25 * number, 2.25 * number
place, other = id(first), id(second)
print(row_of(glass.pool(second), place).holds)
report = glass.pool(place)
print(report.kind, row_of(report, place).type)
del first, second
blocks = {row.block: row.next_free for row in glass.pool(place)}
print(blocks[other] is not None and blocks[place] == blocks[other] + 1)
order = sorted(free for free in blocks.values() if free)
print(order == list(range(1, len(order) + 1)))

# All blocks are accounted for.
report = glass.pool(number)
used = sum(row.holds in ('object', 'buffer') for row in report)
print(report.title.split(': ')[1].split(',')[0], f'{used} in use' in report.title)

# A large block tells of itself; what is no block is refused.
big = b'x' * 5000
print(glass.pool(big).title, glass.pool(big)[0].type)
try:
    glass.pool(id(big) // (1 << 40) * (1 << 40) + (1 << 35))
except ValueError as error:
    print(error)
