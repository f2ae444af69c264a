class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def f(v):
    match v:
        case 0 | 1:
            return "small"
        case -5:
            return "minus five"
        case "text" as t:
            return t
        case None | True:
            return "singleton"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [x, *rest, y] if x == y:
            return f"ends alike {rest}"
        case (a, b):
            return f"two {a} {b}"
        case [_, *_]:
            return "longer"
        case {"k": v, **rest}:
            return f"k={v} {rest}"
        case Point(x=0):
            return "on the axis"
        case Point(x, y):
            return f"at {x} {y}"
        case int(n):
            return f"int {n}"
        case str():
            return "str"
        case _:
            return "other"


for v in (0, 1, -5, "text", None, True, [], [7], [1, 2, 1], (3, 4), [1, 2, 3], {"k": 1, "z": 2}, {}, Point(0, 1),
          Point(2, 3), 99, "s", 1.5, b"ab", range(2)):
    print(f(v))
