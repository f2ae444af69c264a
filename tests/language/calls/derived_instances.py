# Instances of classes below a built-in one: what __init__ sees, what is counted meanwhile, what goes wrong.
import gc
import sys

count = sys.getrefcount


class Problem(Exception):
    def __init__(self, first, second=None):
        print("Problem", count(first), count(self), self.args == (first,) or len(self.args))
        super().__init__(first)
        print(count(first), count(self), len(self.args))


class Replaced(Exception):
    def __init__(self, first):
        self.args = ()
        print("Replaced", count(first))


class Row(list):
    def __init__(self, *items):
        print("Row", count(items[0]), count(self))
        super().__init__(items)
        print(count(items[0]), len(self))

    def append(self, item):
        super().append(item)
        super().append(item)


class Table(dict):
    def __init__(self, first, *rest, **names):
        super().__init__(names, first=first)
        print("Table", count(first), len(rest), list(self))


class Number(int):
    def __init__(self, value):
        self.value = value
        print("Number", int(self), count(value) > 2)


class Converting:
    def __int__(self):
        def nested(*values):
            return sum(values) + len([nested for _ in values])

        return nested(1, 2, 3, 4)


class Word(str):
    def __new__(cls, text):
        return super().__new__(cls, text * 2)

    def __init__(self, text):
        self.given = text


class Never(tuple):
    def __new__(cls, *rest):
        return 5

    def __init__(self, *rest):
        print("never")


def counts():
    one, two = object(), object()
    Problem(one)
    Problem(one, two)
    Replaced(one)
    Row(one)
    Row(one, two)
    Table(one)
    Table(one, two)
    kept = Problem(one)
    print(count(one), count(kept))
    kept = Replaced(one)
    print(count(one), count(kept))
    del kept
    row = Row(one)
    row.append(two)
    print(count(one), count(two), len(row))
    del row
    gc.collect()
    print(count(one), count(two), len(gc.get_referrers(one)))


counts()
Number(Converting())
print(Number("7").value, Word("ab"), Word("ab").given, Never(1))


class Refusing(Exception):
    def __init__(self, value):
        raise ValueError(value)


class Answering(Exception):
    def __init__(self):
        return 5


class Generating(Exception):
    def __init__(self):
        yield


class Fixed(float):
    def __init__(self):
        pass


class Numbered(OSError):
    def __init__(self, number, text):
        super().__init__(number, text)
        print(self.errno, self.strerror, self.args)


class Grouped(ExceptionGroup):
    def __init__(self, message, exceptions):
        super().__init__(message, exceptions)
        print(len(self.exceptions), self.args)


class Endless(list):
    def __init__(self, *rest):
        global levels
        levels += 1
        Endless(*rest)


for work in (
    lambda: Refusing(3), Answering, Generating, lambda: Fixed(1), lambda: Problem(), lambda: Problem(1, 2, 3),
    lambda: Row(), lambda: Number("x"), lambda: Number(1, 2, 3), lambda: Table(1, first=2), lambda: Numbered(2, "x"),
    lambda: Grouped("both", [ValueError(1), KeyError(2)]),
):
    try:
        work()
    except Exception as error:
        print(type(error).__name__, error)
for arguments in ((), (1,)):
    levels = 0
    try:
        Endless(*arguments)
    except RecursionError as error:
        print(levels, error)
for limit in (80, 81):
    levels = 0
    sys.setrecursionlimit(limit)
    try:
        Endless()
    except RecursionError as error:
        said = error
    sys.setrecursionlimit(1000)
    print(levels, said)


class Base:
    def who(self, mark="base"):
        return [mark, count(self)]

    @classmethod
    def kind(cls):
        return [cls.__name__]

    @staticmethod
    def free():
        return "free"

    @property
    def shown(self):
        return "shown"

    value = 5


class Left(Base):
    def who(self, mark="left"):
        return [mark] + super().who(mark)

    @classmethod
    def kind(cls):
        return super().kind() + ["left"]

    def free(self):
        return super().free()


class Right(Base):
    def who(self, mark="right"):
        return ["to the right"] + super().who(mark)


class Both(Left, Right):
    def who(self, mark="both"):
        return ["both"] + super().who(mark)

    def tells(self):
        print(super().shown, super().value, super().__class__, super().__eq__(self), super().free())
        for wrong in (lambda: super(Both, self).nothing(), lambda: super(Both, self).value(), lambda: super().__init__(1)):
            try:
                wrong()
            except (AttributeError, TypeError, RuntimeError) as error:
                print(type(error).__name__, error)
        bound = super().who
        print(bound("bound"), count(self), bound.__self__ is self)
        super().__setattr__("added", 3)
        print(self.added, super(Left, self).who(), super(Right, self).who("last"))


both = Both()
print(both.who(), Both.kind(), both.kind())
both.tells()


class Meta(type):
    def __new__(meta, name, bases, namespace):
        return super().__new__(meta, name, bases, namespace)

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        print("made", name)

    def __call__(cls, *values):
        return [super().__call__(*values)]


class Made(metaclass=Meta):
    def __init__(self, *values):
        self.values = values


print(Made(1, 2)[0].values)


def alone():
    super()


try:
    alone()
except RuntimeError as error:
    print(error)
