"""Functions of operator in a class stay functions: they are bound to nothing, and become members of an enumeration."""
import enum
import inspect
import operator


class Op(enum.Enum):
    ADD = operator.add
    SUB = operator.sub

    def __call__(self, a, b):
        return self.value(a, b)


print([op.name for op in Op], Op.ADD(2, 3), Op.SUB(2, 3))


class Calculator:
    add = operator.add
    first = operator.itemgetter(0)
    smaller = operator.lt


c = Calculator()
print(c.add(1, 2), c.first("xyz"), c.smaller(1, 2))
print(type(operator.add), operator.add, operator.add.__module__, operator.add.__doc__, inspect.signature(operator.pow))
print(inspect.isbuiltin(operator.neg), inspect.isfunction(operator.neg), hasattr(operator.neg, "__code__"))


class Vector:
    def __init__(self, *parts):
        self.parts = parts

    def __add__(self, other):
        return NotImplemented

    def __radd__(self, other):
        return "radd"

    def __iadd__(self, other):
        return "iadd"

    def __index__(self):
        return True

    def __length_hint__(self):
        return 7

    def __getitem__(self, key):
        return self.parts[key]

    def __contains__(self, part):
        return "contained"


v = Vector(1, 2)
for case in ("add(1, v)", "add(v, 1)", "iadd(v, 1)", "index(v)", "index(True)", "length_hint(v)", "length_hint(v, 3)",
             "length_hint(5, -3)", "length_hint(5, 'a')", "length_hint([1, 2])", "contains(v, 9)", "getitem(v, 0)",
             "setitem(v, 0, 1)", "delitem(v, 0)", "concat([1], [2])", "concat([1], (2,))", "concat({}, {})", "concat(1, 2)",
             "iconcat('a', 'b')", "countOf([1, 1.0, True, 2], 1)", "countOf(5, 1)", "indexOf('abc', 'c')", "indexOf('abc', 'd')",
             "indexOf(5, 1)", "not_([])", "truth([0])", "is_(v, v)", "is_not(v, v)", "pow(2, 10)", "pow(2, 'a')", "ipow(2, 3)",
             "neg('a')", "inv(5)", "matmul(1, 2)", "imatmul(1, 2)", "mod('%s!', 1)", "truediv(1, 0)", "lt(1, 'a')", "eq(1, 1.0)",
             "call(max, 1, 2)", "call(sorted, [2, 1], reverse=True)", "call()", "call(key=1)", "lshift(1, 70)", "xor(True, 3)",
             "abs(-5)", "abs('a')", "and_({1, 2}, {2})", "or_({1: 2}, {3: 4})", "isub({1, 2}, {1})", "rshift(5, -1)"):
    try:
        print(f"{case:36} {eval('operator.' + case)!r}")
    except Exception as error:
        print(f"{case:36} {type(error).__name__}: {error}")
