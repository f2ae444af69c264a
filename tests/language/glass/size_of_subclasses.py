# The bytes that glass.size tells add up to what sys.getsizeof says, wherever an instance keeps its dict.
import glass
import sys


class T(tuple):
    pass


class B(bytes):
    pass


class I(int):
    pass


class S(str):
    pass


class Plain:
    pass


class Slotted:
    __slots__ = "a", "b"


class L(list):
    pass


for made in (T(()), T((1, 2)), B(b"abc"), I(0), I(1 << 70), S("abc"), Plain(), Slotted(), L([1]), (1, 2), b"ab", 7, "é"):
    report = glass.size(made)
    parts = [(row.bytes, row.part) for row in report.rows if "unused" not in row.part]
    told = f"{sys.getsizeof(made)} B  sys.getsizeof" in str(report)
    print(type(made).__name__, told, sum(count for count, part in parts if "does not tell of it" not in part) == sys.getsizeof(made))
    for count, part in parts:
        print("   ", count, part)
