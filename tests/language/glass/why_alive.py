# The shortest path from a frame or a module; for garbage the cycle that keeps it.
import gc
import glass
import weakref


class Node:
    def __init__(self, name):
        self.name = name
        self.next = None

    def __repr__(self):
        raise RuntimeError("looking runs no code of the program")


def plain(text):
    words = []
    for word in text.split(" "):
        if "0x" in word:
            start = word.index("0x")
            end = start + 2
            while end < len(word) and word[end] in "0123456789abcdef":
                end += 1
            word = word[:start] + "0x…" + word[end:]
        words.append(word)
    return " ".join(words)


def show(report):
    for row in report:
        print("   ", plain(row.place))
    for note in report.notes:
        print("   ", note)


gc.disable()
first = Node("the first")
first.next = Node("the second")
first.next.next = Node("the third")
print("by a global")
show(glass.why_alive(first.next.next))


def function():
    deep = [[[object()]]]
    print("by a local")
    show(glass.why_alive(deep[0][0][0]))

    def inner():
        return deep

    print("by a cell")
    show(glass.why_alive(deep[0]))
    return inner


keeps = function()
print("by a closure")
show(glass.why_alive(keeps.__closure__[0].cell_contents))

print("by nothing")
show(glass.why_alive(Node("alone")))

print("garbage: a ring of two")
one, two = Node("one"), Node("two")
one.next, two.next = two, one
one.tail = [Node("hangs on")]
weak, weak_tail = weakref.ref(one), weakref.ref(one.tail[0])
del one, two
show(glass.why_alive(weak()))
print("garbage: behind the ring")
show(glass.why_alive(weak_tail()))
itself = []
itself.append(itself)
weak_list = weakref.ref(itself)
del itself
print("garbage: a list in itself")
show(glass.why_alive(weak_list()))
print(gc.collect() >= 3, weak(), weak_tail(), weak_list())
