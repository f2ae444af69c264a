"""What `auto` gives: one more than the last value, or than the smallest number where the last is not the largest."""
import enum
import warnings


def tell(message, *rest):
    print("warned:", str(message).split("`")[1])


warnings.showwarning = tell
warnings.simplefilter("always")


class Rising(enum.Enum):
    A = 3
    B = enum.auto()
    C = enum.auto()


class Falling(enum.Enum):
    A = 3
    B = 1
    C = enum.auto()


class Mixed(enum.Enum):
    A = "text"
    B = enum.auto()
    C = 2.5
    D = enum.auto()


for kind in (Rising, Falling, Mixed):
    print(list(kind))

for code in ("Rising.A.value = 1", "del Rising.A.name", "Rising.A = 1", "type('Sub', (enum.Enum,), {})"):
    try:
        exec(code)
    except AttributeError as error:
        print(code, "->", error)
