# Comparisons that classes define: refusals, reflections, what a jump makes of the answer, depth, exceptions.
import sys


class Asked:
    def __init__(self, name, answer):
        self.name, self.answer = name, answer

    def __repr__(self):
        return self.name

    def tell(self, sign, other):
        print("   ", self, sign, other, sys.getrefcount(self))
        if isinstance(self.answer, type) and issubclass(self.answer, Exception):
            raise self.answer(self.name)
        return self.answer

    def __lt__(self, other):
        return self.tell("<", other)

    def __le__(self, other):
        return self.tell("<=", other)

    def __gt__(self, other):
        return self.tell(">", other)

    def __eq__(self, other):
        return self.tell("==", other)


class Below(Asked):
    def __gt__(self, other):
        return self.tell("below >", other)


class Odd:
    def __bool__(self):
        raise LookupError("no truth")


def shown(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__, error)


def decide(left, right):
    if left < right:
        return "less"
    if not left == right:
        return "other"
    return "equal"


def loop(left, right):
    turns = 0
    while left < right:
        turns += 1
        if turns == 3:
            left.answer = False
    return turns


yes, no, refuses = Asked("yes", True), Asked("no", []), Asked("refuses", NotImplemented)
below, fails = Below("below", "from below"), Asked("fails", KeyError)
for left in (yes, no, refuses, fails):
    for right in (yes, refuses, below, 5, "text", None):
        print(left, right)
        shown(lambda: left < right)
        shown(lambda: left <= right)
        shown(lambda: left == right)
        shown(lambda: left != right)
        shown(lambda: left > right)
        shown(lambda: left >= right)
        shown(lambda: decide(left, right))
print(loop(Asked("turning", 1), yes))
shown(lambda: decide(Asked("odd", Odd()), yes))
shown(lambda: yes < no < yes)
shown(lambda: [yes < yes and no, not yes < yes, (yes < no) is True])
shown(lambda: yes == 1 and yes != None)


class Deep:
    def __lt__(self, other):
        global levels
        levels += 1
        return self < other

    def __getitem__(self, key):
        return key

    def __add__(self, other):
        return other


for limit in (60, 61, 62, 63):
    levels = 0
    sys.setrecursionlimit(limit)
    try:
        Deep() < Deep()
    except RecursionError as error:
        said = error
    sys.setrecursionlimit(1000)
    print(levels > 20, levels == previous if limit % 2 else "", said)
    previous = levels


def unbound():
    thing = Deep()
    for work in (lambda: thing < later, lambda: thing[later], lambda: thing + later):
        shown(work)
    try:
        thing < late
    except UnboundLocalError as error:
        print(error)
    try:
        thing[late]
    except UnboundLocalError as error:
        print(error)
    late = 0
    del thing, late
    later = 1


class Tuples(tuple):
    def __lt__(self, other):
        return ("less", len(self), len(other))

    def __eq__(self, other):
        return NotImplemented

    __hash__ = None


shown(lambda: Tuples("ab") < Tuples("c"))
shown(lambda: Tuples("ab") < (1, 2, 3))
shown(lambda: (1, 2, 3) < Tuples("ab"))
shown(lambda: Tuples("ab") == ("a", "b"))
shown(lambda: ("a", "b") == Tuples("ab"))
shown(lambda: Tuples("ab") == 3)
unbound()


class Generating:
    def __lt__(self, other):
        yield 1

    def __gt__(self, *others):
        return others

    def __eq__(self, other, more=2):
        return more


shown(lambda: list(Generating() < 1))
shown(lambda: (Generating() > 7, Generating() == 7, Generating() != 7))


def seen(frame, event, argument):
    if event in ("call", "return"):
        events.append((event, frame.f_code.co_name, frame.f_lineno - first))
    return seen


class Traced:
    def __lt__(self, other):
        return other

    def __eq__(self, other):
        raise ValueError(other)


def traced():
    if Traced() < 1:
        return Traced() < 0
    return None


events = []
first = traced.__code__.co_firstlineno
sys.settrace(seen)
result = traced()
try:
    Traced() == 2
except ValueError as error:
    problem = error
sys.settrace(None)
print(result, problem, events)
trace = problem.__traceback__
print(trace.tb_frame.f_code.co_name, trace.tb_next.tb_frame.f_code.co_name)
