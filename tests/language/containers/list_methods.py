def attempt(action):
    try:
        print(repr(action()))
    except BaseException as error:
        print(type(error).__name__ + ":", error)


for action in [
    lambda: [].pop(), lambda: [1].pop(5), lambda: [1].pop("a"), lambda: [1, 2, 3].pop(-3), lambda: [1].pop(2**70),
    lambda: [1][3], lambda: [1][-2], lambda: [1][2**70], lambda: [1].__getitem__("a"),
    lambda: [1].__setitem__(3, 3), lambda: [1].__setitem__("a", 3), lambda: [1].__delitem__(3),
    lambda: [1].__delitem__("a"), lambda: [1, 2].__setitem__(slice(0, 2, 2), [1, 2]),
    lambda: [1, 2, 3].__setitem__(slice(0, 3, 2), 5), lambda: [1, 2, 3].__setitem__(slice(0, 3), 5),
    lambda: [1] + (2,), lambda: [1] + 1, lambda: [1] * "a", lambda: [1] * 1.5, lambda: [1] * 10**20,
    lambda: [1] * 2**62, lambda: [].index(1), lambda: [1].index("a", 5), lambda: [1].index(1, "a"),
    lambda: [1, 2, 1].index(1, 1), lambda: [1, 2, 1].index(1, -1), lambda: [1, 2, 1].index(2, 0, -1),
    lambda: [1, 2].index(2, 0, 1), lambda: [1, 2].index(2, -2**70, 2**70), lambda: [].remove(2),
    lambda: [1].insert("a", 1), lambda: [1].insert(1), lambda: [1].extend(1), lambda: [1].sort(1),
    lambda: [1].sort(key=1, foo=2), lambda: [1].sort(key=5), lambda: [1, "a"].sort(), lambda: [1].sort(reverse="a"),
    lambda: list(1), lambda: list(1, 2), lambda: list(x=1), lambda: [].append(), lambda: [].append(1, 2),
    lambda: [].append(x=1), lambda: [].clear(1), lambda: [].copy(1), lambda: hash([]), lambda: [].__hash__,
    lambda: list.append(), lambda: list.append(1, 2), lambda: [1] < (1,), lambda: [1, 2] < [1, 3],
    lambda: [1, 2] < [1], lambda: [1] <= [1], lambda: [1] > [], lambda: [1, "a"] < [1, 2], lambda: [1] == [1.0],
    lambda: [1] != [True], lambda: [] == (), lambda: 3 * [1, 2], lambda: [1] * -1, lambda: [[]] * 2,
    lambda: 2 in [1, 2], lambda: 3 in [1, 2], lambda: [1, 1, True, 1.0, 2].count(1), lambda: [1, 2, 3][::-1],
    lambda: [0, 1, 2, 3, 4][1:4:2], lambda: [0, 1][::0], lambda: [0, 1]["a":], lambda: list("abc"),
    lambda: list({1: 2}), lambda: list(range(3)), lambda: list(x for x in "xy"), lambda: [1, 2].__reversed__,
    lambda: list(reversed([1, 2, 3])), lambda: [1, 2].__iadd__((3,)), lambda: [1, 2].__imul__(2),
    lambda: [1, 2].__imul__(0), lambda: [1].__mul__(2), lambda: [1].__rmul__(2), lambda: [1].__contains__(1),
    lambda: [3, 1, 2].__len__(), lambda: list.__new__(list, 1, 2, 3), lambda: list[int],
]:
    shown = action.__name__
    try:
        result = repr(action())
        print(result if " at 0x" not in result else "...")
    except BaseException as error:
        print(type(error).__name__ + ":", error)

a = [1, 2, 3]
a.insert(0, "first"); a.insert(-1, "before last"); a.insert(100, "last"); a.insert(-100, "very first")
print(a)
a.remove(2); a.reverse(); print(a)
b = a.copy(); b.append(b); print(b, b == b, a == b)
del a[1:3]; print(a); del a[::2]; print(a); a.clear(); print(a)
a += "ab"; a *= 3; print(a); a *= 0; print(a); a += a; print(a)
a = [1, 2]; a.extend(a); a += a; print(a)
a[1:1] = a; print(a); a[::2] = a[1::2]; print(a); a[::-1] = list(range(len(a))); print(a)
a[5:2] = ["here"]; print(a); a[:] = []; print(a)
a = [1, 2, 3]; a[:2] = (x for x in "xyz"); print(a)
x = [[]]; x[0].append(x); print(x)


class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value


print([10, 20, 30][Index(1)], [10, 20, 30][Index(0):Index(2)], [1] * Index(3))


class Sub(list):
    pass


s = Sub([3, 1, 2]); s.attribute = 5
print(s, type(s + s), type(s * 2), type(s[:]), type(s.copy()), sorted(s), s == [3, 1, 2], s.attribute)
print(sorted(set(dir(list)) - set(dir(object))))
