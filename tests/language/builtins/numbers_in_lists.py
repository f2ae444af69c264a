"""sum, sorted, unpacking and repetition of lists: the ways that look at the items without counting them."""
import sys

print(sum([]), sum([1, 2, 3]), sum([True, 2, False]), sum([1, 2.5, 3, True, 0.25]))
print(sum([2 ** 62, 2 ** 62]), sum([2 ** 63, 1]), sum([2 ** 62, 2 ** 62, 1.5, 2]), sum([-(2 ** 63), -1]))
print(sum([1.5, 2, 0.5, 3.25]), sum([0.1] * 10), sum([-0.0]), sum([1, 2], 10), sum([1.0, 2], 0.5))
print(sum([0.5, 2 ** 70, 1]), sum([1, 2 ** 70, 0.5, 1]), sum(range(5000)), sum(list(range(5000))))


class Int(int):
    def __add__(self, other):
        print("Int.__add__", int(self), other)
        return Int(int(self) + other)

    def __radd__(self, other):
        print("Int.__radd__", other, int(self))
        return Int(other + int(self))


print(int(sum([1, Int(2), 3])))
print(sum([[1], [2]], []))
for wrong in (["a"], [1, "a"], [1.0, None]):
    try:
        sum(wrong)
    except TypeError as error:
        print(error)


class Shrinking:
    def __init__(self, items):
        self.items = items

    def __radd__(self, other):
        self.items.clear()
        return other


items = [1, 2]
items += [Shrinking(items), 4, 5]
print(sum(items), items)
iterator = iter([1, 2, 3, 4])
next(iterator)
print(sum(iterator), sum(iterator))

# Both directions of one list at a time, and what happens at the ends.
row = [1, 2, 3, 4, 5]
print(list(zip(row, reversed(row))), [a * b for a, b in zip(reversed(row), row[1:])])
for a, b in zip(row, reversed(row)):
    print(a, b, end=" ")
    if len(row) == 5:
        row.pop()
print(row)
once = reversed(row)
for a, b in zip(once, once):
    print(a, b, end=" ")
print(next(once, "end"))
first, second = iter([1, 2, 3]), reversed([7, 8])
print([pair for pair in zip(first, second)], next(first, "end"), next(second, "end"))
kept = []
for item in reversed(row):
    kept.append(item)
    row.append(0)
    if item == 2:
        row.clear()
print(kept, row)
pairs = []
for pair in zip(["a", "b"], reversed(["c", "d"])):
    pairs.append(pair)
print(pairs)
for number, pair in enumerate(zip([[1], [2]], reversed([[3], [4]]))):
    print(number, pair)

# Unpacking lists.
a, b = [1, 2]
(a, b), [c, d, e] = [b, a], [3, 4, 5]
print(a, b, c, d, e)
[a, [b, c]] = [1, [2, 3]]
print(a, b, c)
for wrong in ([], [1], [1, 2, 3]):
    try:
        a, b = wrong
    except ValueError as error:
        print(error)


class Row(list):
    def __iter__(self):
        print("asked")
        return iter([8, 9])


a, b = Row([1, 2])
print(a, b)
marker = object()
count = sys.getrefcount(marker)
a, b = row = [marker, marker]
print(sys.getrefcount(marker) - count)
del a, b, row
print(sys.getrefcount(marker) - count)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dies", self.name)


def swap():
    a = Noisy("a")
    b = Noisy("b")
    a, b = [b, a]
    print(a.name, b.name)
    a, b = [Noisy("c"), Noisy("d")]
    print(a.name, b.name)


swap()

# Repetition.
row = [marker] * 3
print(sys.getrefcount(marker) - count, len(row), row * 0, row * -1, [] * 5, 2 * [1, 2], [[]] * 2)
row = row * 2
print(sys.getrefcount(marker) - count, len(row), sys.getsizeof([0] * 5))
row *= 2
print(sys.getrefcount(marker) - count, len(row))
del row
print(sys.getrefcount(marker) - count)
try:
    [1] * 2 ** 62
except MemoryError:
    print("MemoryError")

# Sorting few and many.
for length in (0, 1, 2, 15, 16, 17, 40, 63, 64, 65, 200):
    numbers = [(i * 7919 + 3) % 101 for i in range(length)]
    for key in (None, lambda v: -v, lambda v: v % 5, float, str):
        for reverse in (False, True):
            done = sorted(numbers, key=key, reverse=reverse)
            ranked = sorted(range(length), key=lambda i: (key or int)(numbers[i]), reverse=reverse)
            if done != [numbers[i] for i in ranked]:
                print("wrong", length, key, reverse)
    print(length, sorted(numbers)[:5], sorted(numbers, reverse=True)[:5], sorted(map(str, numbers))[-2:])
print(sorted([3, 2.5, 1, True]), sorted([2.0, 1, 3.5]), sorted([5, 2 ** 70, -(2 ** 70), 0]))
compared = []


class Key:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        compared.append((self.value, other.value))
        return self.value < other.value


print([key.value for key in sorted(map(Key, [3, 1, 2, 5, 4]))], compared)
try:
    sorted([1, "a", 2])
except TypeError as error:
    print(error)
