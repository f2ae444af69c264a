import sys


def run(actions):
    for action in actions:
        try:
            print(repr(action()))
        except BaseException as error:
            print(type(error).__name__ + ":", error)


big = 10**30
run([
    lambda: range(), lambda: range(1, 2, 3, 4), lambda: range(1.5), lambda: range(1, 2, 0), lambda: range(x=1), lambda: range(3).__getitem__("a"),
    lambda: range(3)[5], lambda: range(3)[-1], lambda: range(3)[-4], lambda: range(3).index(7), lambda: range(3).index("a"), lambda: range(3).index(2.0),
    lambda: len(range(big)), lambda: range(big)[5], lambda: range(big)[-1], lambda: range(big)[big], lambda: range(0, big, 3)[10**20],
    lambda: range(10), lambda: range(1, 10, 2), lambda: range(-big, big, big // 3), lambda: list(range(-big, big, big // 3)), lambda: range(0, -10, -3),
    lambda: list(range(0, -10, -3)), lambda: list(range(5, 0)), lambda: range(10)[2:5], lambda: range(10)[::-1], lambda: range(10)[8:2:-3],
    lambda: range(big)[::big // 4], lambda: range(10)[20:], lambda: range(0, 10, 3)[1:], lambda: range(10)["a":], lambda: range(10)[::0],
    lambda: 5 in range(10), lambda: 5 in range(0, 10, 2), lambda: big - 1 in range(big), lambda: 5.0 in range(10), lambda: "a" in range(3),
    lambda: True in range(3), lambda: -4 in range(0, -10, -2), lambda: range(5).count(3), lambda: range(5).count(3.0), lambda: range(5).count("a"),
    lambda: range(0, 100, 7).index(49), lambda: range(big).index(big - 1), lambda: range(3) == range(0, 3, 1), lambda: range(0) == range(5, 2),
    lambda: range(0, 3, 2) == range(0, 4, 2), lambda: range(1, 2, 5) == range(1, 3, 7), lambda: range(3) != range(4), lambda: range(3) == [0, 1, 2],
    lambda: range(3) < range(4), lambda: hash(range(3)), lambda: hash(range(0)) == hash(range(5, 2)), lambda: hash(range(0, 10, 3)),
    lambda: hash(range(big)), lambda: bool(range(0)), lambda: bool(range(big)), lambda: list(reversed(range(5))), lambda: list(reversed(range(0, 10, 3))),
    lambda: next(reversed(range(big))), lambda: range(1, 5, 2).start, lambda: range(1, 5, 2).stop, lambda: range(1, 5, 2).step, lambda: range(3).__reduce__(),
    lambda: setattr(range(3), "start", 1), lambda: range(3) + range(3), lambda: iter(range(5)).__length_hint__(), lambda: iter(range(5)).__reduce__(),
    lambda: iter(range(big)).__reduce__(), lambda: reversed(range(big)).__reduce__(), lambda: iter(range(2**63 - 1)).__reduce__(), lambda: iter(range(big)).__length_hint__(),
    lambda: type(iter(range(2**63 - 1))).__name__, lambda: type(iter(range(2**63))).__name__, lambda: type(iter(range(-2**63, 5))).__name__,
    lambda: type(iter(range(0, 2**63 - 1, 2))).__name__, lambda: type(iter(range(5, -2**63, -3))).__name__, lambda: type(reversed(range(2**63 - 1))).__name__,
    lambda: sum(range(101)), lambda: max(range(5)), lambda: range(True, 5), lambda: type(range(True)[0]), lambda: range(3).foo, lambda: range(2, 2**70)[1:3],
    lambda: len(range(2**63 - 1)), lambda: len(range(2**63)), lambda: len(range(-2**63, 2**63 - 1, 2)), lambda: range(10)[2**70:], lambda: range(10)[-2**70:2],
])
it = iter(range(10)); next(it); next(it); it.__setstate__(7); print(list(it), it.__reduce__())
it = iter(range(10)); it.__setstate__(-5); print(next(it)); it.__setstate__(50); print(list(it))
it = iter(range(0, big, big // 4)); next(it); print(it.__reduce__()); it.__setstate__(3); print(list(it), list(it))
it = iter(range(2**62, 2**62 + 3)); print(list(it), it.__reduce__())
print([sys.getsizeof(x) for x in (range(1), iter(range(1)), iter(range(big)), slice(1))])


class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value


print(range(Index(2), Index(9), Index(3)), range(10)[Index(3)], range(10)[Index(1):Index(4)])


class Int(int):
    def __eq__(self, other): return other == 2
    __hash__ = int.__hash__


print(Int(7) in range(3), range(5).index(Int(9)), range(5).count(Int(3)))
run([
    lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: slice(x=1), lambda: slice(1).indices(-1), lambda: slice(1).indices("a"), lambda: slice("a").indices(3),
    lambda: slice(1, 2, 0).indices(3), lambda: hash(slice(1)), lambda: slice(1) < slice(2), lambda: slice(1) < 3, lambda: slice(1, 2).__reduce__(),
    lambda: slice(1, 2) == slice(1, 2), lambda: slice(1) != slice(1), lambda: slice(None, 5), lambda: slice("a", [], ()), lambda: slice(1, 2, 3).step,
    lambda: slice(None).indices(10), lambda: slice(None, None, -1).indices(10), lambda: slice(-3, None).indices(10), lambda: slice(big).indices(5), lambda: slice(1, big, 7).indices(big * 2),
    lambda: slice(-big, None, -1).indices(10), lambda: slice(5, 1).indices(10), lambda: setattr(slice(1), "start", 2), lambda: slice(1, 2) >= slice(1, 2), lambda: slice(1, 2) > slice(1, None),
])
for kind in (range, slice, type(iter(range(1))), type(iter(range(big)))):
    print(kind.__name__, sorted(set(dir(kind)) - set(dir(object))))
