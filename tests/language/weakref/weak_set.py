"""WeakSet."""
import weakref


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


class E:
    def __init__(self, n):
        self.n = n


def shown(elements):
    return sorted(e.n for e in elements)


items = [E(i) for i in range(6)]
s = weakref.WeakSet(items[:4])
t = weakref.WeakSet(items[2:])
print(shown(s | t), shown(s & t), shown(s - t), shown(s ^ t))
print(s <= t, s >= t, s == t, s < s | t, s | t > s, s.isdisjoint(t), s.issubset(s | t))
print(items[0] in s, items[5] in s, 3 in s, len(s))
items[0] = None
print(len(s), shown(s))
s.add(items[5])
s.discard(items[1])
s.remove(items[2])
show(lambda: s.remove(items[2]))
print(shown(s), shown(s.copy()))
s |= t
s &= items[3:]
s -= items[5:]
s ^= [items[5], items[1]]
print(shown(s))
s.update(items[1:3])
print(len(s), s.pop() in items, len(s))
for element in s:
    items.clear()
    del element
    break
print(shown(s))
show(lambda: s.pop())
show(lambda: s.add(3))
s.clear()
print(weakref.WeakSet[int], len(s))
