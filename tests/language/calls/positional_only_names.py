# All positional-only parameters that were given by keyword are told at once, in their order.
def f(a, b, /, c=None):
    return a, b, c


for keywords in ({"a": 1, "b": 2}, {"b": 2, "a": 1, "c": 3}, {"a": 1}, {"c": 3, "b": 1}, {"d": 1, "a": 2}):
    try:
        f(**keywords)
    except TypeError as error:
        print(error)
try:
    f(1, b=2)
except TypeError as error:
    print(error)
