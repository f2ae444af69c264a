import sys


def f():
    try:
        raise KeyError("k")
    except KeyError:
        try:
            raise ValueError("inner")
        except ValueError:
            pass
        print(sys.exc_info()[0].__name__)
        raise


try:
    f()
except KeyError as error:
    print(repr(error), sys.exc_info()[1] is error)
print(sys.exc_info())
try:
    raise
except RuntimeError as error:
    print(error)
for wrong in (5, int):
    try:
        raise wrong
    except TypeError as error:
        print(error)
