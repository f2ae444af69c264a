# Looking changes nothing: no count, no object, no dict, no generation.
import gc
import glass
import sys
import weakref


class Node:
    pass


gc.disable()
node = Node()
node.attribute = [1000]
weak = weakref.ref(node)
node.me = node


def generator():
    local = node
    yield local


suspended = generator()
next(suspended)
looks = [
    glass.owners, glass.why_alive, glass.size, glass.draw, lambda x: glass.stack(), lambda x: glass.compare(x, x),
    lambda x: glass.compare(x, x.attribute), lambda x: glass.draw(x, depth=9).svg(), lambda x: glass.draw().dot(),
    lambda x: glass.owners(x).json(), lambda x: repr(glass.why_alive(x)), lambda x: len(glass.size(x).rows),
]


def state():
    return sys.getrefcount(node), sys.getrefcount(node.attribute), sys.getrefcount(Node), sys.getrefcount(weak)


def changes(look):
    """How much counts, tracked objects and blocks change by a look and by asking."""
    counts, tracked, blocks = state(), len(gc.get_objects()), sys.getallocatedblocks()
    look(node)
    blocks = sys.getallocatedblocks() - blocks
    return counts == state(), len(gc.get_objects()) - tracked, blocks


def nothing(x):
    pass


changes(nothing)
for look in looks:
    changes(look)
    assert changes(look) == changes(nothing), (looks.index(look), changes(look), changes(nothing))
print(changes(nothing)[0])
# An answer keeps nothing alive.
answers = [look(node) for look in looks]
suspended.close()
del node.me
watch = weakref.ref(node)
del node
print(watch())
# A generator that was looked at goes on; a report is one block.
before = sys.getallocatedblocks()
asking = sys.getallocatedblocks() - before
before = sys.getallocatedblocks()
report = glass.owners(looks)
print(sys.getallocatedblocks() - before - asking, sys.getsizeof(report), report.kind)
