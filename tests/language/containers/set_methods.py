import sys


def run(actions):
    for action in actions:
        try:
            print(repr(action()))
        except BaseException as error:
            print(type(error).__name__ + ":", error)


run([
    lambda: {1}.add(), lambda: {1}.add([]), lambda: {1}.remove(3), lambda: {1}.remove([]), lambda: set().pop(), lambda: set(1),
    lambda: set(1, 2), lambda: set(x=1), lambda: frozenset(1, 2), lambda: frozenset(x=1), lambda: {1} | [1], lambda: {1} < [1],
    lambda: {1}.union(1), lambda: hash({1}), lambda: {1}.__hash__, lambda: frozenset([frozenset([])]), lambda: set(),
    lambda: frozenset(), lambda: {1, 2} | {3}, lambda: {1, 2} & {2}, lambda: {1, 2} - {2}, lambda: {1, 2} ^ {2, 3},
    lambda: {1} | frozenset([2]), lambda: frozenset([2]) | {1}, lambda: {1, 2}.union([3], (4,), "5"), lambda: {1}.union(),
    lambda: {1, 2, 3}.intersection([1, 2], {2}), lambda: {1}.intersection(), lambda: {1, 2, 3}.difference([1], {2}),
    lambda: {1}.difference(), lambda: {1, 2}.symmetric_difference([2, 3, 3]), lambda: {1}.isdisjoint([2]), lambda: {1}.isdisjoint({1}),
    lambda: {1}.issubset([1, 2]), lambda: {1, 2}.issuperset([1]), lambda: {1, 3}.issubset({1}), lambda: {1} <= {1, 2}, lambda: {1} < {1},
    lambda: {1, 2} > {1}, lambda: {1} >= {1}, lambda: {1} == frozenset([1]), lambda: {1} != {2}, lambda: {1} == [1], lambda: 1 in {1},
    lambda: {1} in {frozenset([1])}, lambda: [] in {1}, lambda: {1}.__contains__({2}), lambda: hash(frozenset()), lambda: hash(frozenset([1, 2, 3])),
    lambda: hash(frozenset("abc")), lambda: hash(frozenset([(), "x", 1.5])), lambda: {3, 1, 2}.__reduce__(), lambda: set[int],
    lambda: {frozenset([1])}.discard({1}), lambda: {frozenset([1])}.remove({1}), lambda: {1}.remove({1}), lambda: {1}.intersection(1),
    lambda: {1}.update(1), lambda: {1}.update([[]]), lambda: frozenset([1]).add, lambda: {1}.__or__([2]), lambda: {1}.__rsub__({1, 2}),
    lambda: {1}.copy(1), lambda: list({1: 2} and set({5: 1, 3: 2})), lambda: {1}.issubset(1), lambda: {1}.issuperset(1),
])
order = [["apple", "pear", "fig", "kiwi", "plum"], range(20, 0, -1), [2**40 * i for i in range(9)], [1.5, -1, 2, "x", None is None, ()],
         [i * 7 for i in range(50)], "the quick brown fox", [-1, -2, -3, 1, 2, 3]]
for items in order:
    s = set(items); f = frozenset(items); c = set()
    for item in items: c.add(item)
    print(s, list(f) == list(s), list(c))
    print(sys.getsizeof(s), sys.getsizeof(c), sys.getsizeof(s.copy()), list(s.copy()), list(set(s)))
    half = list(items)[::2]
    for other in (half, set(half), dict.fromkeys(half), frozenset(half)):
        print(list(s.difference(other)), list(s.intersection(other)), list(s.symmetric_difference(other)), list(s.union(other)))
    d = set(s); d.difference_update(half); print(list(d), sys.getsizeof(d)); d |= s; print(list(d)); d &= set(half); print(list(d))
    d ^= s; print(list(d)); d -= set(half); print(list(d)); d.intersection_update(half); d.symmetric_difference_update(half); print(list(d))
    e = set(s); popped = [e.pop() for _ in range(3)]; print(popped, list(e)); e.update(popped); print(list(e), sys.getsizeof(e))
sizes = []
s = set()
for i in range(300): s.add(i); sizes.append(sys.getsizeof(s))
print(sizes)
print([sys.getsizeof(set(range(n))) for n in range(40)], [sys.getsizeof(frozenset(range(n))) for n in range(40)])
print([sys.getsizeof(set(dict.fromkeys(range(n)))) for n in range(40)], [sys.getsizeof(set(set(range(n)))) for n in range(40)])
big = set(range(1000))
for i in range(900): big.discard(i)
print(sys.getsizeof(big), sys.getsizeof(big.copy()), list(big)[:5]); big.add(5000); print(sys.getsizeof(big))
big -= set(range(950)); print(sys.getsizeof(big), list(big)[:5])
f = frozenset([1]); print(f.copy() is f, frozenset(f) is f, f | f == f, f.union() is f)


class S(set):
    pass


class F(frozenset):
    pass


print(S([1]), F(), F("a"), type(S([1]) | {2}), type({2} | S([1])), type(S([1]).copy()), type(F([1]).copy()), F([1]) == {1}, S([2]).__reduce__()[1:])
for make in (lambda: S(1, 2), lambda: F(1, 2), lambda: S(x=1)):
    try:
        make()
    except TypeError as error:
        print(error)


class H:
    def __hash__(self): return 1
    def __repr__(self): return repr(x)


x = set(); x.add(H()); print(x)
s = {1, 2, 3}; it = iter(s); next(it); s.add(99)
for _ in range(2):
    try:
        next(it)
    except RuntimeError as error:
        print(error)
print(iter({1, 2}).__length_hint__(), iter({1, 2}).__reduce__()[1])


class Key:
    def __init__(self, name): self.name = name
    def __hash__(self): print("hash", self.name); return 1
    def __eq__(self, other): print("eq", self.name, other.name); return self.name == other.name


a, b = {Key("a"), Key("b")}, {Key("b"), Key("c")}
print(len(a & b), len(a | b), len(a - b), len(a ^ b), a <= b, a == b, a.isdisjoint(b))
for kind in (set, frozenset, type(iter(set()))):
    print(kind.__name__, sorted(set(dir(kind)) - set(dir(object))))
