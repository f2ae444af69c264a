def run(actions):
    for action in actions:
        try:
            print(repr(action()))
        except BaseException as error:
            print(type(error).__name__ + ":", error)


run([
    lambda: {}.pop(), lambda: {}.pop(1), lambda: {}.pop(1, 2), lambda: {1: 2}.pop(1, 2, 3), lambda: {1: 2}.pop(1),
    lambda: {}.pop([]), lambda: {1: 1}.pop([]), lambda: {}.popitem(), lambda: {1: 2, 3: 4}.popitem(), lambda: {}[1],
    lambda: {}[(1, 2)], lambda: {}.get(), lambda: {}.get(1), lambda: {}.get(1, 2), lambda: {1: 2}.get(1.0),
    lambda: {}.get([]), lambda: {}.setdefault(), lambda: {}.setdefault(1), lambda: {}.update(1), lambda: {}.update([1]),
    lambda: {}.update([(1,)]), lambda: {}.update(["ab", "cde"]), lambda: {}.update(1, 2), lambda: {[]: 1},
    lambda: dict.fromkeys(), lambda: dict.fromkeys(1), lambda: dict.fromkeys("abc"), lambda: dict.fromkeys([1, 1], []),
    lambda: dict.fromkeys({3, 1, 2}, 0), lambda: dict.fromkeys({"a": 1, "b": 2}), lambda: {}.fromkeys("x", 1),
    lambda: dict(1), lambda: dict([1]), lambda: dict(1, 2), lambda: dict([(1, 2, 3)]), lambda: dict(a=1, b=2),
    lambda: dict([("a", 1)], b=2), lambda: dict({"a": 1}, a=3), lambda: dict(["ab", "cd"]), lambda: {} | 1,
    lambda: {}.__or__(1), lambda: {}.__ior__(1), lambda: {}.__ror__({1: 2}), lambda: {1: 2} | {3: 4, 1: 5}, lambda: {} < {},
    lambda: {1: 2} == {1: 2.0}, lambda: {1: 2} != {1: 3}, lambda: {1: 2} == {2: 1}, lambda: {1: {2: {}}},
    lambda: hash({}), lambda: {1: 2}.__contains__(1), lambda: 1 in {1: 2}, lambda: [] in {}, lambda: len({1: 2}),
    lambda: {1: 2}.copy(), lambda: list(reversed({1: 2, 3: 4})), lambda: {1: 2}.__getitem__(1), lambda: dict[int, str],
    lambda: {}.__delitem__(1), lambda: {}.clear(1), lambda: {}.keys(1), lambda: {}.items(x=1), lambda: {}.copy(1),
    lambda: {}.__setitem__([], 1), lambda: {1: 1}.__delitem__(1), lambda: dict(**{"a": 1}), lambda: {}.get(x=1),
])
d = {}
d["a"] = 1; d["b"] = 2; d["c"] = 3
del d["b"]; d["b"] = 4; d["a"] = 5
print(d, d.setdefault("z", []), d.setdefault("a"), d.popitem(), d)
d |= {"new": 1}; d |= [("pairs", 2)]; d.update(k=3); d.update({"k": 4}, l=5); print(d)
e = d.copy(); e["self"] = e; print(e); e.clear(); print(e, d)


class Missing(dict):
    def __missing__(self, key): return f"no {key}"


m = Missing(a=1); print(m["a"], m["b"], m.get("b"), m, type(m.copy()), type(m | {}), Missing.fromkeys("ab"))


class Keys:
    def keys(self): return ["x", "y"]
    def __getitem__(self, key): return key * 2


print(dict(Keys()), {**Keys()})
d = {}; d.update(Keys(), z=1); print(d)


class Key:
    def __init__(self, name): self.name = name
    def __hash__(self): print("hash", self.name); return 1
    def __eq__(self, other): print("eq", self.name, getattr(other, "name", other)); return self.name == other.name
    def __repr__(self): return self.name


d = {Key("a"): 1}
d[Key("b")] = 2; print(d[Key("b")]); d[Key("a")] = 3; print(d, Key("c") in d, d.pop(Key("a")), d.setdefault(Key("b"), 9))
print({Key("a"): 1} == {Key("a"): 1})
for change in ["d[9] = 1", "d.pop(1)", "d.clear()"]:
    d = {1: 1, 2: 2, 3: 3}
    try:
        for key in d:
            exec(change)
    except RuntimeError as error:
        print(error)
d = {1: 1, 2: 2}
try:
    for key in d:
        del d[key]; d[key + 10] = 1
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}; it = iter(d); next(it); d[3] = 3
for _ in range(2):
    try:
        next(it)
    except RuntimeError as error:
        print(error)
del d[3]
try:
    next(it)
except RuntimeError as error:
    print(error)
d = {i: i for i in range(5)}
for key in d: d[key] = -key
print(d)
import sys
print([sys.getsizeof(x) for x in (iter({}), {}.keys(), {}.values(), {}.items(), reversed({}), iter({}.items()))])
print(sorted(set(dir(dict)) - set(dir(object))))
