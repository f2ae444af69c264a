import sys


def run(actions):
    for action in actions:
        try:
            print(repr(action()))
        except BaseException as error:
            print(type(error).__name__ + ":", error)


class Sequence:
    def __getitem__(self, index):
        if index > 2: raise IndexError
        return index * 10


class Sized(Sequence):
    def __len__(self): return 3


run([
    lambda: zip(1), lambda: zip([1], x=2), lambda: zip([], strict=1, x=2), lambda: enumerate(), lambda: enumerate([], 1, 2), lambda: enumerate([], start=1.5),
    lambda: enumerate(iterable=[], foo=2), lambda: map(int), lambda: map(int, [], x=1), lambda: filter(int), lambda: filter(int, [], k=1), lambda: reversed(),
    lambda: reversed(1), lambda: reversed([], k=1), lambda: reversed({1}), lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1], [1, 2], strict=True)),
    lambda: list(zip([1, 2], [1, 3], [1], strict=True)), lambda: list(zip([1], [1], [1, 3], strict=True)), lambda: list(zip()), lambda: list(zip("ab", range(9), (1, 2, 3))),
    lambda: list(zip([], strict=True)), lambda: list(zip([1, 2], [3, 4], strict=True)), lambda: list(enumerate("ab")), lambda: list(enumerate("ab", 5)), lambda: list(enumerate("ab", start=-1)),
    lambda: list(enumerate("abc", 2**63 - 2)), lambda: list(enumerate("ab", 10**30)), lambda: list(enumerate(iterable="a", start=3)), lambda: list(map(str, [1, 2])), lambda: list(map(lambda *a: a, "ab", (1, 2, 3))),
    lambda: list(map(None, [1])), lambda: list(filter(None, [0, 1, "", "a"])), lambda: list(filter(lambda x: x > 1, [1, 2, 3])), lambda: list(filter(bool, [0, 2])), lambda: list(filter(1, [1])),
    lambda: list(reversed("abc")), lambda: list(reversed((1, 2))), lambda: list(reversed(Sized())), lambda: reversed(Sequence()), lambda: list(Sequence()), lambda: list(iter([3, 4].pop, 3)),
    lambda: iter(Sequence()).__length_hint__(), lambda: iter(Sized()).__length_hint__(), lambda: iter([1, 2]).__length_hint__(), lambda: reversed([1, 2]).__length_hint__(), lambda: iter((1,)).__length_hint__(),
    lambda: reversed("abc").__length_hint__(), lambda: iter([1]).__reduce__(), lambda: reversed([1]).__reduce__(), lambda: iter(()).__reduce__(), lambda: reversed("abc").__reduce__(), lambda: enumerate("abc").__reduce__()[1][1],
    lambda: iter(int, 0).__reduce__(), lambda: zip([1], strict=True).__reduce__()[2], lambda: len(zip([1], [2]).__reduce__()), lambda: map(int, [1]).__reduce__()[1][0], lambda: filter(int, [1]).__reduce__()[1][0],
    lambda: next(iter([])), lambda: next(zip([])), lambda: next(map(int, [])), lambda: type(iter([]))(), lambda: enumerate[int], lambda: zip[int], lambda: iter(1), lambda: iter(1, 2),
    lambda: type(iter(Sequence())).__name__, lambda: type(iter(int, 1)).__name__, lambda: type(reversed([])).__name__, lambda: type(iter(())).__name__, lambda: list(reversed({1: 2})),
])
it = iter([1, 2, 3, 4]); next(it); it.__setstate__(3); print(list(it), it.__reduce__(), list(it)); it.__setstate__(0); print(list(it))
it = iter([1, 2, 3]); it.__setstate__(-9); print(next(it)); it.__setstate__(99); print(list(it))
it = reversed([1, 2, 3]); next(it); print(it.__reduce__()); it.__setstate__(0); print(list(it), it.__reduce__())
it = iter((1, 2, 3)); next(it); print(it.__reduce__()); it.__setstate__(2); print(list(it), it.__reduce__())
it = reversed((1, 2, 3)); next(it); print(it.__reduce__()); it.__setstate__(0); print(list(it), it.__reduce__(), it.__length_hint__())
it = iter(Sequence()); next(it); print(it.__reduce__()[2]); it.__setstate__(2); print(list(it), it.__reduce__())
z = zip([1, 2], [3]); z.__setstate__(True)
try:
    print(list(z))
except ValueError as error:
    print(error)
a = [1, 2, 3]
for x in a:
    if x < 10: a.append(x + 10)
print(a)
a = [1, 2]; it = iter(a); list(it); a.append(3); print(list(it))
a = [1, 2, 3, 4]; it = reversed(a); next(it); del a[1:]; print(list(it))
print(len({id(pair) for pair in zip(range(5), range(5))}), len({id(pair) for pair in enumerate("abcde")}), len({id(p) for p in list(zip("abc"))}))
pairs = zip("ab", "cd"); first = next(pairs); second = next(pairs); print(first, second)


class Stop:
    def __iter__(self): return self
    def __next__(self): raise StopIteration("value")


print(list(Stop()), list(zip(Stop())), list(map(int, Stop())), list(enumerate(Stop())), list(filter(None, Stop())))


def stop(): raise StopIteration


it = iter(stop, 1); print(list(it), it.__reduce__())
it = iter(iter([1, 2, 3]).__next__, 2); print(list(it), it.__reduce__(), list(it))


class Bad:
    def __iter__(self): return 5


class NotReversible(dict):
    __reversed__ = None


class Own:
    def __reversed__(self): return "own"


class Hint:
    def __init__(self, hint): self.hint = hint
    def __iter__(self): return iter([1, 2])
    def __length_hint__(self):
        if isinstance(self.hint, type): raise self.hint
        return self.hint


run([lambda: iter(Bad()), lambda: reversed(NotReversible()), lambda: reversed(Own()), lambda: list(Hint(10)), lambda: list(Hint(-1)), lambda: list(Hint("a")),
     lambda: list(Hint(NotImplemented)), lambda: list(Hint(TypeError)), lambda: list(Hint(ValueError)), lambda: list(Hint(2**70)), lambda: tuple(Hint(3))])


class Z(zip):
    pass


class E(enumerate):
    pass


class M(map):
    def __init__(self, *args, **keywords): pass


class R(reversed):
    pass


print(list(Z("a", "b")), list(E("a", 1)), list(M(str, [1], extra=2)), list(R([1, 2])), type(Z()), type(R([1])))
things = [iter([]), reversed([]), iter(()), iter(set()), iter(Sequence()), iter(int, 1), enumerate([]), zip(), map(int, []), filter(None, []), reversed("")]
print([sys.getsizeof(thing) for thing in things])
for thing in things:
    print(type(thing).__name__, sorted(set(dir(type(thing))) - set(dir(object))))
