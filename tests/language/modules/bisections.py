"""Places in sorted lists: both sides, bounds, keys, other sequences, what is refused, what compares."""
import bisect

items = [1, 2, 2, 2, 3, 5]
for x in (0, 1, 2, 4, 5, 9):
    print(x, bisect.bisect(items, x), bisect.bisect_left(items, x), bisect.bisect_right(items, x, 2, 4))
for name in ("insort", "insort_left", "insort_right"):
    copy = items[:]
    print(name, getattr(bisect, name)(copy, 2.0), copy)


class Told:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        print(f"{self.n}<{getattr(other, 'n', other)}", end=" ")
        return self.n < getattr(other, "n", other)

    def __gt__(self, other):
        print(f"{self.n}>{other}", end=" ")
        return self.n > other


told = [Told(n) for n in range(7)]
print(bisect.bisect(told, 3), bisect.bisect_left(told, 3), bisect.bisect(told, Told(5)))
people = [("ann", 20), ("bob", 30), ("cy", 40)]
print(bisect.bisect(people, 30, key=lambda p: p[1]), bisect.bisect_left(people, 30, key=lambda p: p[1]))
bisect.insort(people, ("dan", 35), key=lambda p: p[1])
print(people)


class Lazy:
    def __len__(self):
        return 100

    def __getitem__(self, i):
        print(i, end=" ")
        return i * i

    def insert(self, place, x):
        print("insert", place, x)


print(bisect.bisect(Lazy(), 50), bisect.bisect_left(Lazy(), 49), bisect.bisect("abcdef", "c"), bisect.bisect(range(10, 30, 3), 20))
bisect.insort(Lazy(), 10)


class Own(list):
    def __getitem__(self, i):
        return -super().__getitem__(i)

    def insert(self, place, x):
        super().insert(place, x + 100)


own = Own([9, 5, 1])
print(bisect.bisect(own, -4))
bisect.insort(own, -4)
print(list(own))
for case in ("bisect([1, 2], 1, -1)", "bisect([1, 2], 1, 0, 9)", "bisect([1, 2], 1, 5)", "bisect([1, 2], 9, 0, -1)", "bisect([1, 2], 1, 0, -5)",
             "bisect(5, 1)", "bisect([1], 'a')", "bisect()", "bisect([1])", "bisect([1], 1, 2, 3, 4)", "bisect([1], 1, foo=1)",
             "bisect([1], x=1, a=2)", "bisect([1], 1, 'a')", "bisect([1], 1, hi='a')", "bisect([1], 1, key=5)", "bisect(a=[1], x=1, lo=0, hi=1)",
             "insort((1,), 1)", "insort([1])", "insort_left([1], 'a')", "bisect([1, 2], 1, None)", "bisect([1, 2], 1, hi=None)",
             "bisect([1, 2], 1, 2 ** 70)", "bisect([1, 2], 2, 0, 2 ** 70)", "bisect({1: 2}, 1)", "bisect([3, 1], 2, True)"):
    try:
        print(case, eval("bisect." + case))
    except Exception as error:
        print(case, type(error).__name__, error)


class Grades:
    place = bisect.bisect

    def grade(self, score):
        return "FDCBA"[self.place([60, 70, 80, 90], score)]


print([Grades().grade(score) for score in (33, 70, 77, 90, 100)], bisect.bisect.__name__, type(bisect.insort).__name__)
