# The stack: every frame with its locals, temporaries and their counts.
import glass
import sys


def inner(a, b=2):
    c = [a, a]
    report = glass.stack()
    return report, sys.getrefcount(c)


def outer(value):
    text = "a local of outer"
    return [inner(value)], text


def show(report):
    for row in report:
        print(row.frame, row.function, row.line)
    for part in report.parts:
        print(part.title)
        for row in part:
            if row.name.startswith(("local", "temporary")) and row.type in ("int", "list", "str", "float"):
                print("   ", row.name, row.holds, row.count if row.type == "list" else "")


(found,), text = outer(1.5)
report, counted = found
show(report)
# The count is that of the program: sys.getrefcount adds the one of its own argument.
count, = [row.count for row in report.parts[0] if row.name == "local c"]
print(count, counted)


def generator():
    yield glass.stack()


class Body:
    frames = [row.function for row in glass.stack()]


print(Body.frames)
print([row.function for row in next(generator())])
print([row.function for row in sorted([1], key=lambda item: len(glass.stack())) and glass.stack()])
print(list(map(lambda item: len(glass.stack()), [1])))
