"""WeakValueDictionary."""
import copy
import weakref


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


class V:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"V({self.n})"


values = [V(i) for i in range(6)]
d = weakref.WeakValueDictionary({i: v for i, v in enumerate(values)})
print(len(d), sorted(d), list(d.items()), list(d.values()), repr(d).split(" at ")[0])
values[2] = None
print(len(d), 2 in d, 3 in d, d.get(2), d.get(2, "gone"))
show(lambda: d[2])
show(lambda: d.pop(2))
print(d.pop(2, "default"), d.pop(3), len(d))
values[3] = None
print(d.setdefault(1, None), len(d.valuerefs()), all(isinstance(r, weakref.ref) for r in d.itervaluerefs()))
other = weakref.WeakValueDictionary(a=values[0])
merged = d | other
print(type(merged).__name__, sorted(map(str, merged)), sorted(map(str, {"z": values[5]} | other)))
d |= {"q": values[4]}
print(sorted(map(str, d)), d == dict(d), d == 3)
show(lambda: d | 3)
print(len(copy.copy(d)), len(copy.deepcopy(d)), d.copy() == d)
print("while iterating")
for key, value in d.items():
    values.clear()
    del value
    print(key, len(d) > 0)
    break
values = [V(i) for i in range(3)]
d = weakref.WeakValueDictionary(enumerate(values))
seen = []
for key in d:
    seen.append(key)
    values.clear()
print(seen, len(d), list(d))
show(lambda: d.popitem())
show(lambda: d.__setitem__(1, 2))
del d
