# An instruction that fails drops its operands in the order in which they were evaluated.
class Told:
    name = "unnamed"

    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("~" + self.name, end=" ")


def raises(*things, **named):
    raise ValueError


def count(*things):
    yield from things


def two(first, second):
    pass


FAILING = [
    lambda: raises(Told("a"), Told("b"), name=Told("c")),
    lambda: two(Told("a"), Told("b"), Told("c")),
    lambda: two(Told("a"), third=Told("b")),
    lambda: Told(Told("a"), Told("b"), Told("c")),
    lambda: len(Told("a"), Told("b")),
    lambda: Told("a") + Told("b"),
    lambda: Told("a") < Told("b"),
    lambda: Told("a")[Told("b")],
    lambda: Told("a").nothing(Told("b")),
    lambda: [].append(Told("a"), Told("b")),
    lambda: [Told("a"), Told("b"), raises()],
    lambda: (Told("a"), [Told("b"), two(Told("c"))]),
    lambda: {Told("a"): Told("b"), **{1: raises()}},
    lambda: "".join([Told("a"), Told("b")]),
]
for number, failing in enumerate(FAILING):
    try:
        failing()
    except Exception as error:
        print(number, type(error).__name__)
    print()


def unpack(things):
    first, second, third = things


def unpack_more(things):
    first, second, third, *rest = things


for unpacks in (unpack, unpack_more):
    for things in (lambda: count(Told("a"), Told("b")), lambda: [Told("a"), Told("b")], lambda: (Told("a"),)):
        try:
            unpacks(things())
        except ValueError as error:
            print(error)
try:
    unpack(count(Told("a"), Told("b"), Told("c"), Told("d")))
except ValueError as error:
    print(error)


class Iterates:
    def __iter__(self):
        print("iter", end=" ")
        return iter([1, 2, 3])


first, *rest = Iterates()
print(first, rest)
