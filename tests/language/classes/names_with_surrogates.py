"""A class's name and documentation must have UTF-8."""


def attempt(action):
    try:
        print(action())
    except UnicodeEncodeError as error:
        print(ascii(str(error)))


class A:
    pass


attempt(lambda: type("\udcdc", (), {}))
attempt(lambda: setattr(A, "__name__", "a\udcdc"))
attempt(lambda: type("B", (), {"__doc__": "a\udcdc"}).__name__)
print(A.__name__)
try:
    print >> A
except TypeError as error:
    print(error)
