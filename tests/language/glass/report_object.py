# What a program can do with a report.
import glass

numbers = [1000, 2000]
report = glass.owners(numbers)
print(type(report), type(report.rows[0]), report.kind, report.columns)
print(len(report), len(report.rows), [row.count for row in report], report[0].place, report[-1].place)
row = report.rows[-1]
print(row.count, row["count"] if False else row[0], row[1], len(row), list(row), row.holder, row.rows)
print(row)
print(report.footers, report.notes, report.parts)
assert str(report) == repr(report) == report.text()
assert report.text().splitlines()[1].split() == ["count", "place", "holder"]
for wrong in (lambda: row.nothing, lambda: row[3], lambda: report[99], lambda: type(report)(), lambda: type(row)(),
              lambda: glass.owners(), lambda: glass.owners(1, 2), lambda: glass.compare(1), lambda: glass.save(),
              lambda: glass.save("heap.png", 1), lambda: glass.save("nofolder/heap.svg", numbers),
              lambda: glass.draw(numbers, width=1), lambda: glass.draw(numbers, depth="much"),
              lambda: setattr(report, "x", 1), lambda: setattr(row, "count", 1)):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__ + ":", error)
    else:
        print("no error")
print(glass.draw(numbers, depth=-5).rows[0].refers_to, glass.draw(numbers, depth=10**18).rows[0].refers_to)
