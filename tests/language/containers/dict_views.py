def run(actions):
    for action in actions:
        try:
            print(repr(action()))
        except BaseException as error:
            print(type(error).__name__ + ":", error)


d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
run([
    lambda: k, lambda: v, lambda: i, lambda: len(k), lambda: "a" in k, lambda: 1 in v, lambda: ("a", 1) in i,
    lambda: ("a", 2) in i, lambda: ("a",) in i, lambda: "a" in i, lambda: ["a", 1] in i, lambda: sorted(k | {"z"}),
    lambda: sorted(k & ["a", "z"]), lambda: sorted(k - {"a"}), lambda: sorted(k ^ {"a", "q"}), lambda: sorted(["q"] | k),
    lambda: sorted({"a", "q"} - k), lambda: sorted({"a"} & k), lambda: sorted("aq" ^ k), lambda: k == {"a", "b", "c"},
    lambda: k != {"a"}, lambda: k < {"a", "b", "c", "d"}, lambda: k <= {"a"}, lambda: k > {"a"}, lambda: k >= d.keys(),
    lambda: i == {("a", 1), ("b", 2), ("c", 3)}, lambda: v == v, lambda: v == d.values(), lambda: {}.keys() | 1,
    lambda: {}.keys() & 1, lambda: 1 - {}.keys(), lambda: {}.keys() < 1, lambda: k.isdisjoint("xyz"), lambda: k.isdisjoint("a"),
    lambda: k.isdisjoint(k), lambda: {}.keys().isdisjoint({}.keys()), lambda: i.isdisjoint([("a", 1)]), lambda: k.isdisjoint(1),
    lambda: k.mapping, lambda: k.mapping["a"], lambda: list(reversed(k)), lambda: list(reversed(v)), lambda: list(reversed(i)),
    lambda: hash(k), lambda: hash(i), lambda: type(hash(v)), lambda: sorted(i ^ {"a": 1, "b": 5}.items()), lambda: sorted(i & {("a", 1)}),
    lambda: sorted(i | {("z", 0)}), lambda: sorted(i - {("a", 1)}), lambda: type(k & k), lambda: k[0], lambda: k + k,
    lambda: type(k)(), lambda: {1: []}.items() & {(1, 2)}, lambda: {1: []}.items() | [],
    lambda: iter(k).__length_hint__(), lambda: iter(d.items()).__reduce__()[1], lambda: reversed(d).__reduce__()[1],
    lambda: next(iter({}.values()), "end"), lambda: type(iter(k)).__name__, lambda: type(reversed(i)).__name__,
])
d["d"] = 4; print(k, v, i)
d["view"] = d.values()
print(repr(d).count("..."))
print([list(range(1000)) and list({x: 0 for x in (5, 3, 9)}.keys() & {9, 5, 77})])
pairs = iter({1: 2, 3: 4}.items()); first = next(pairs); print(first, next(pairs), first)
ids = {id(pair) for pair in {1: 2, 3: 4, 5: 6}.items()}; print(len(ids))
for name in ("dict_keys", "dict_values", "dict_items"):
    kind = {"dict_keys": type(k), "dict_values": type(v), "dict_items": type(i)}[name]
    print(name, sorted(set(dir(kind)) - set(dir(object))))
for kind in (type(iter({})), type(reversed({}))):
    print(kind.__name__, sorted(set(dir(kind)) - set(dir(object))))
