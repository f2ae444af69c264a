# The life of watched objects: counts by line, the end and its cause, who takes the address.
import gc
import glass
import sys


class Node:
    def __init__(self, value):
        self.value = value


def show(life):
    "Everything but what depends on the moments of collections: -X stress-gc has more of them."
    for row in life:
        if row.event not in ('collection', 'address taken'):
            print('   ', row.line, row.function, row.event, row.count, '|', row.by.split(' 0x')[0])


# del, a new value, the end of a function: counts before and after each line.
def use(node):
    held = node
    return [held]


def several():
    a = Node(1)
    number = glass.watch(a)
    b = a
    pair = use(a)
    del b
    pair.clear()
    assert glass.life(a).notes[0].startswith('alive, count 1, '), glass.life(a).notes
    a = None
    return number


number = several()
print('rebound:')
show(glass.life(number))


def local(cause):
    node = Node(cause)
    number = glass.watch(node)
    if cause == 'del':
        del node
    elif cause == 'pass on':
        return number, node
    return number


print('del:')
show(glass.life(local('del')))
print('end of the function:')
show(glass.life(local('end')))
print('temporary:')
number, _ = local('pass on')
_ = None
show(glass.life(number))

# With what held it; the address goes to the next object of that size.
two = 2
inner = 1234.5 * two
number = glass.watch(inner)
outer = [[inner]]
address = id(inner)
del inner
del outer
other = 77.5 * two
print('container:')
show(glass.life(number))
print([row.by for row in glass.life(number) if row.event == 'address taken'], id(other) == address)
print(glass.watch()[-1].state, glass.watch()[-1].number == number)

# Replaced in a list, by a call, by a collection.
row = [Node(1), Node(2), Node(3)]
numbers = [glass.watch(node) for node in row]
row[0] = None
row.pop()
row[1].me = row[1]
del row[1]
gc.collect()
print('replaced:')
show(glass.life(numbers[0]))
print('popped:')
show(glass.life(numbers[2]))
print('collected:')
show(glass.life(numbers[1]))

# A list, whose block is kept for the next list; the birth is known now.
items = [1, 2]
number = glass.watch(items)
address = id(items)
assert glass.life(number).rows[0].by == '<module>, line 91', glass.life(number)
items = None
fresh = [3]
print('list:')
show(glass.life(number))
print('by address:', glass.life(address).title == glass.life(number).title, id(fresh) == address)

# Watching keeps nothing alive and changes no count; an object has one number.
node = Node(5)
before = sys.getrefcount(node)
number = glass.watch(node)
print(number == glass.watch(node), sys.getrefcount(node) == before)
print([row.number for row in glass.watch() if row.state == 'alive'] == [number])
print(glass.unwatch(node), glass.unwatch(number), glass.unwatch(), len(glass.watch()))
for bad in node, number, 'text':
    try:
        glass.life(bad)
    except ValueError as error:
        print(error)


# A block that lived shortly in the place of a watched object.
def shortly(two):
    value = 9876.5 * two
    number = glass.watch(value)
    del value
    brief = [1.25 * two]
    brief.clear()
    return number


number = shortly(two)
print([row.by for row in glass.life(number) if row.event in ('dies', 'address taken')])
glass.unwatch()

# When nothing is told of any more, the heap is left alone: nobody knows of births until the next watch.
unknown = Node(8)
glass.watch(unknown)
known = Node(9)
glass.watch(known)
print([row.born for row in glass.watch()])
glass.unwatch()


# A generation that grows old, told after a collection.
gc.collect()
young = Node(6)
number = glass.watch(young)
gc.collect()
moves = [row.by for row in glass.life(number) if row.event == 'collection']
print(moves[-1].split(' → ')[1])
glass.unwatch()


# Tracing and watching together.
def traced(node):
    other = node
    return other


events = []
def tracer(frame, event, argument):
    events.append((event, frame.f_lineno))
    return tracer


node = Node(7)
number = glass.watch(node)
sys.settrace(tracer)
traced(node)
sys.settrace(None)
print([event for event, line in events])
print([row.count for row in glass.life(number) if row.function == 'traced'])
del node
print(glass.life(number)[-1].event)

# The container that died is named by its address, and the one that took it along.
shelf = Node([(Node(3),)])
box = shelf.value
number, inner = glass.watch(shelf.value[0][0]), glass.watch(shelf)
places = [f'{type(it).__name__} {id(it):#x}' for it in (shelf.value[0], shelf)]
del box, shelf
dies = [row for row in glass.life(number) if row.event == 'dies'][0]
print(dies.by == f'released by {places[0]} when it died with {places[1]}', [row.by for row in dies.rows])
print([row.by for row in glass.life(inner) if row.event == 'dies'])


def deep(length):
    chain = Node(0)
    number = glass.watch(chain)
    for i in range(length):
        chain = Node(chain)
    holder = chain
    while holder.value.value:
        holder = holder.value
    place = f'released by Node {id(holder):#x} when it died'
    del holder
    chain = None
    return [row.by.startswith(place) for row in glass.life(number) if row.event == 'dies']


print(deep(3), deep(1000))
glass.unwatch()
