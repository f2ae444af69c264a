# A collection that clears a container is what ends the lives of those that it held: the life names it.
import gc
import glass


class Node:
    pass


class Slotted:
    __slots__ = "x", "y"


def show(number):
    last = [row for row in glass.life(number).rows if row.event == "dies"]
    print(" ".join(word for word in last[0].by.split() if not word.startswith("0x")))


gc.disable()
a = Node()
a.held = Node()
a.me = a
held, own = glass.watch(a.held), glass.watch(a)
del a
gc.collect()
show(held)
show(own)

ring = [Slotted()]
ring.append(ring)
held = glass.watch(ring[0])
del ring
gc.collect()
show(held)

a = Slotted()
a.x = a
a.y = {"k": [Slotted()]}
held = glass.watch(a.y["k"][0])
del a
gc.collect()
show(held)

# A large heap is not walked to tell who has taken the address.
heap = [[number] for number in range(100_000)]
a = Node()
life = glass.watch(a)
del a
b = [Node()]
b.append(1)
print([row.event for row in glass.life(life).rows], hex(id(b[0])) in glass.life(life).rows[-1].by)
