# Assignment, copy and deepcopy: what two objects share, and what is new.
import copy
import glass


def show(report):
    def lines(rows, depth):
        for row in rows:
            print("   " + "  " * depth, row.place + ":", row.they_are)
            lines(row.rows, depth + 1)

    lines(report.rows, 0)
    for note in report.notes:
        print("   ", note)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


original = [[1000], {"key": (1, [2])}, Point(1.5, [])]
print("assignment")
show(glass.compare(original, original))
print("copy")
show(glass.compare(original, copy.copy(original)))
print("deepcopy")
show(glass.compare(original, copy.deepcopy(original)))
print("different")
show(glass.compare([1, 2], [1, "two", 3]))
show(glass.compare({"a": 1}, {"b": 1}))
show(glass.compare(1, "1"))
ring = []
ring.append(ring)
print("rings")
show(glass.compare(ring, copy.deepcopy(ring)))
deep = copied = None
for _ in range(100):
    deep, copied = [deep], [copied]
report = glass.compare(deep, copied)
print("deep", len(report.rows), len(report.rows[0].rows))
