state = 1


def random(limit):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % limit


count = 0


class Noisy:
    def __init__(self, value, tag): self.value, self.tag = value, tag
    def __lt__(self, other):
        global count
        count += 1
        return self.value < other.value
    def __repr__(self): return f"{self.value}{self.tag}"


for size in [0, 1, 2, 3, 10, 31, 32, 33, 63, 64, 65, 100, 300, 1000]:
    for limit in [2, 10, 1000]:
        items = [Noisy(random(limit), i) for i in range(size)]
        count = 0
        a = sorted(items); first = count; count = 0
        b = sorted(items, reverse=True); second = count; count = 0
        c = sorted(items, key=lambda item: item.value)
        assert [x.tag for x in a] == [x.tag for x in c]
        values = [x.value for x in items]
        assert sorted(values) == [x.value for x in a]
        assert sorted(map(float, values)) == [x.value for x in a]
        assert sorted(map(str, values)) == [x for x in sorted((str(v) for v in values), key=lambda t: [ord(ch) for ch in t])]
        assert sorted((v, i) for i, v in enumerate(values)) == [(x.value, x.tag) for x in a]
        assert sorted(values, reverse=True) == [x.value for x in b]
        print(size, limit, first, second, [x.tag for x in b][:12])
print(sorted([3, 1.5, 2, True]), sorted([2**70, -2**70, 5]), sorted("banana"), sorted(["é", "z", "a", "\U0001f600"]))
print(sorted([float("nan"), 1.0, 0.5]), sorted([0.0, -0.0]), sorted([(1, "b"), (1, "a"), (0, "z")]))
print(sorted([[2], [1, 5], [1]]), sorted(["b", "a"], key=None, reverse=1))


class Evil:
    def __init__(self, value): self.value = value
    def __lt__(self, other):
        items.append(0)
        return self.value < other.value
    def __repr__(self): return str(self.value)


items = [Evil(3), Evil(1), Evil(2)]
try:
    items.sort()
except ValueError as error:
    print(error, items)


class Touch:
    def __lt__(self, other):
        seen.append(len(items)); return False


seen = []; items = [Touch(), Touch()]; items.sort(); print(seen)


class Failing:
    def __init__(self, value): self.value = value
    def __lt__(self, other):
        if self.value == 2: raise KeyError("two")
        return self.value < other.value
    def __repr__(self): return str(self.value)


items = [Failing(n) for n in (5, 3, 4, 2, 1)]
try:
    items.sort()
except KeyError as error:
    print(error, sorted(map(repr, items)), items)


def key(value):
    if value == 3: raise ZeroDivisionError
    return value


items = [1, 5, 3, 2]
try:
    items.sort(key=key)
except ZeroDivisionError:
    print(items)
items = [5, 1, 4]; print(items.sort(), items); items.sort(key=lambda x: -x); print(items)
items = ["bb", "a", "ccc"]; items.sort(key=len, reverse=True); print(items)
