from collections import deque


def run(actions):
    for action in actions:
        try:
            print(repr(action()))
        except BaseException as error:
            print(type(error).__name__ + ":", error)


run([
    lambda: deque(), lambda: deque([1], 2), lambda: deque(1), lambda: deque([1], -1), lambda: deque([1], "a"), lambda: deque([1], 1.5), lambda: deque([1], 2, 3),
    lambda: deque(iterable=[1], maxlen=2), lambda: deque(x=1), lambda: deque([1], None), lambda: deque().pop(), lambda: deque().popleft(), lambda: deque()[0], lambda: deque()["a"],
    lambda: deque().remove(1), lambda: deque().index(1), lambda: deque([1], 1).insert(0, 1), lambda: deque([1]) + [1], lambda: deque([1]) * "a", lambda: deque([1]).rotate("a"),
    lambda: deque([1]).rotate(1, 2), lambda: deque([1]) == [1], lambda: hash(deque()) and 0, lambda: deque().__delitem__(1), lambda: deque().__setitem__(1, 1), lambda: deque().maxlen,
    lambda: deque([1], 5).maxlen, lambda: deque([1, 2]) + deque([3]), lambda: deque([1, 2]) * 2, lambda: 3 * deque([1, 2], 3), lambda: deque([1, 2]) * 0, lambda: deque([1, 2]) < deque([1, 3]),
    lambda: deque([1]) == deque([1]), lambda: deque([1]) != deque([2]), lambda: deque([1, 2]) <= deque([1]), lambda: deque([1]) >= deque(), lambda: deque("abc").index("c"), lambda: deque("abc").index("a", 1),
    lambda: deque("abcabc").index("c", 3), lambda: deque("abcabc").index("c", -2, 100), lambda: deque("aab").count("a"), lambda: "a" in deque("abc"), lambda: 5 in deque(), lambda: list(reversed(deque("abc"))),
    lambda: deque([1, 2]).copy(), lambda: deque([1, 2], 2).__copy__(), lambda: deque([1], 3).__reduce__()[:3], lambda: deque([1]).__reduce__()[:3], lambda: deque[int], lambda: bool(deque()), lambda: len(deque("abc")),
    lambda: deque([1, 2, 3])[-1], lambda: deque(range(5), 3), lambda: deque(range(5), 0), lambda: deque([1])[2**70], lambda: deque().extend(1), lambda: iter(deque([1, 2])).__length_hint__(), lambda: iter(deque([1])).__reduce__()[1],
])
d = deque("abcde")
d.rotate(); print(d); d.rotate(-2); print(d); d.rotate(12); print(d); d.rotate(0); d.rotate(-2**40); print(d)
d.append("x"); d.appendleft("y"); d.extend("12"); d.extendleft("34"); print(d, d.pop(), d.popleft()); d.reverse(); print(d)
d.insert(2, "mid"); d.insert(-1, "nearly"); d.insert(99, "end"); d.insert(-99, "start"); print(d)
d.remove("mid"); del d[0]; d[1] = "set"; del d[-1]; print(d); d.clear(); print(d)
d = deque(maxlen=3); [d.append(i) for i in range(5)]; print(d); d.appendleft(9); print(d); d.extendleft("ab"); print(d); d += "xyz"; print(d); d *= 2; print(d)
d = deque([1, 2]); d.extend(d); print(d); d.extendleft(d); print(d); d += d; print(len(d))
d = deque([1]); d.append(d); print(d)
d = deque(range(1000))
for i in range(990): d.popleft()
print(d); d.extend(range(20)); d.rotate(5); print(d)
for change in (lambda: d.append(1), lambda: d.popleft(), lambda: d.rotate(1)):
    d = deque([1, 2, 3])
    try:
        for x in d: change()
    except RuntimeError as error:
        print(error)


class Clearing:
    def __eq__(self, other): d.clear(); return False


for action in (lambda: 5 in d, lambda: d.index(5), lambda: d.count(5), lambda: d.remove(5)):
    d = deque([Clearing(), 2])
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


class Sub(deque):
    pass


s = Sub([1, 2], 5); s.attribute = 1
print(s, type(s.copy()), type(s + s), type(s * 2), s.copy().maxlen, s.__reduce__()[2])
for kind in (deque, type(iter(deque())), type(reversed(deque()))):
    print(kind.__name__, sorted(set(dir(kind)) - set(dir(object))))
