# A named exception is held by its name and by the state of the thread, by nothing else.
import sys

try:
    raise ValueError("outside")
except ValueError as error:
    print(sys.getrefcount(error))


def inside():
    try:
        raise ValueError("inside")
    except ValueError as error:
        kept = error
        print(sys.getrefcount(error))
    print(sys.getrefcount(kept))
    try:
        try:
            raise KeyError("first")
        except KeyError as error:
            raise ValueError("second")
    except ValueError as error:
        print(repr(error), repr(error.__context__), sys.getrefcount(error))
    for _ in range(2):
        try:
            raise KeyError
        except KeyError as error:
            if _:
                break
            continue
    try:
        error
    except UnboundLocalError as missing:
        print(missing)


inside()
print(sys.exc_info())
