"""WeakKeyDictionary."""
import copy
import weakref


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


class K:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"K({self.n})"


keys = [K(i) for i in range(5)]
d = weakref.WeakKeyDictionary({k: k.n * 10 for k in keys})
print(len(d), list(d), list(d.items()), list(d.values()), repr(d).split(" at ")[0])
keys[1] = None
print(len(d), keys[0] in d, 5 in d, d[keys[2]], d.get(keys[3]), len(d.keyrefs()))
show(lambda: d[K(9)].n)
show(lambda: d[1])
print(d.pop(keys[0]), d.pop(keys[0], "default"), d.setdefault(keys[0], 7), d.popitem())
del d[keys[2]]
print(len(d), dict(d))
print(len(copy.copy(d)), len(copy.deepcopy(d)), d == d.copy())
extra = K(8)
print(len(d | {extra: 1}), len({extra: 1} | d))
d |= {extra: 2}
d.update({extra: 3})
print(d[extra])
for key in d:
    keys.clear()
    del key
    break
print(list(d.items()), len(d))
d.clear()
print(len(d))
