class Colour:
    RED = 1


def f(v):
    match v:
        case Colour.RED:
            return "red"
        case {"a": [1, {"b": b}]}:
            return b
        case (1 | 2 as n, _) | [_, 3 as n]:
            return n
        case bool(x) | float(x):
            return type(x).__name__
    return None


print(f(1), f({"a": [1, {"b": 9}]}), f((2, 0)), f((0, 3)), f(2.5), f("none"))
match = 5
case = match
print(match, case)
