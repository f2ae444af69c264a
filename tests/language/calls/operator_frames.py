"""Operators and subscripts that a class defines in Python: counts, refusals, errors, frames and traces."""
import gc
import sys


class V:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"{type(self).__name__}({self.x})"

    def __add__(self, other):
        caller = sys._getframe(1)
        print("add", sys.getrefcount(self), sys.getrefcount(other) if isinstance(other, V) else type(other), caller.f_code.co_name)
        return V(self.x + other.x)

    def __mul__(self, k):
        if k == 7:
            return NotImplemented
        if k == 8:
            raise ValueError("eight")
        return V(self.x * k)

    def __rmul__(self, k):
        return ("rmul", k)

    def __sub__(self, other):
        return NotImplemented

    def __truediv__(self, other):
        yield other

    def __mod__(self, other, rest=2):
        return (other, rest)

    def __floordiv__(self, *others):
        return others

    def __getitem__(self, index):
        print("get", sys.getrefcount(self))
        if index == 3:
            return NotImplemented
        if index == 4:
            raise IndexError(index)
        return index


class W(V):
    def __add__(self, other):
        return NotImplemented

    def __radd__(self, other):
        return "W.radd"


def operate():
    a = V(1)
    b = V(2)
    c = a + b
    print(c, a + b + c, V(4) + V(5))
    print(a * 3, a * 2.5, (a + b) * 2)
    a += b
    print(a, sys.getrefcount(a), sys.getrefcount(b))
    cases = [
        lambda: a * 7, lambda: a * 8, lambda: V(1) * 7, lambda: a - b, lambda: a - 1, lambda: a + 1,
        lambda: a + W(1), lambda: W(1) + a, lambda: W(1) + W(1), lambda: a[3], lambda: a[4], lambda: a[5],
        lambda: V(3)[1], lambda: a * "x", lambda: [1] * a, lambda: 7 * a, lambda: list(a / b), lambda: a % 5,
        lambda: a // 5, lambda: a * [1],
    ]
    for case in cases:
        try:
            print(case())
        except Exception as error:
            print(type(error).__name__, error)
    print(sys.getrefcount(a), sys.getrefcount(b))
    try:
        [a, a * 8]
    except ValueError as error:
        entry = error.__traceback__
        while entry:
            print(entry.tb_lineno, entry.tb_frame.f_code.co_name, sorted(entry.tb_frame.f_locals))
            entry = entry.tb_next
        del entry
    print(sys.getrefcount(a), sys.getrefcount(b))


operate()


class Endless:
    def __add__(self, other):
        return self + other


try:
    Endless() + Endless()
except RecursionError as error:
    print(error)


class Kept:
    def __mul__(self, other):
        self.frame = sys._getframe()
        return 5


kept = Kept()
print(kept * kept, sorted(kept.frame.f_locals), kept.frame.f_back.f_code.co_name, sys.getrefcount(kept))


def doubled():
    value = V(1)
    while True:
        value = value * 2
        yield value


pairs = doubled()
print([next(pairs) for _ in range(5)])


class Seen:
    def __add__(self, other):
        return len([one for one in gc.get_referrers(self) if not isinstance(one, dict)])

    def __getitem__(self, index):
        del self, index
        return gc.collect() >= 0


print(Seen() + Seen(), Seen()[Seen()])


def tell(frame, event, argument):
    print(event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
    return tell


def traced():
    a = V(1)
    return (a * 2).x


sys.settrace(tell)
traced()
sys.settrace(None)


class Changing:
    """The operands are locals that the method changes in its caller's stead."""

    def __add__(self, other):
        global left
        left = None
        return (type(self).__name__, type(other).__name__)


left = Changing()
print(left + left, left)


def add(one, other):
    return one + other


class Meanwhile:
    """The instruction that called the method runs with floats before the method has ended."""

    def __add__(self, other):
        print(add(1.5, 2.5))
        return NotImplemented


for pair in ((Meanwhile(), 1), (1.5, 2), (2, 3), (Meanwhile(), Meanwhile()), ("a", "b")):
    try:
        print(add(*pair))
    except TypeError as error:
        print(error)
