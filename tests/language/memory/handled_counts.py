# A caught exception without a name is held by being handled alone; bytes of at most one byte are shared.
import gc
import sys


def count():
    return sys.getrefcount(sys.exc_info()[1])


def fail():
    raise ValueError(3)


try:
    fail()
except ValueError:
    print(sys.getrefcount(sys.exc_info()[1]), count())

try:
    1 / 0
except:
    print(sys.getrefcount(sys.exception()), gc.get_referrers(sys.exception()))

try:
    fail()
except (KeyError, ValueError):
    try:
        {}[0]
    except KeyError:
        print(count(), sys.exception().__context__)
    print(count())
    try:
        raise
    except Exception:
        print(count())


def last():
    try:
        fail()
    except ValueError:
        return sys.exc_info()[1]


print(sys.getrefcount(last()))

for attempt in range(3):
    try:
        fail()
    except ValueError:
        if attempt == 1:
            break
        continue
print(attempt, sys.exc_info())

try:
    try:
        fail()
    except ValueError:
        raise KeyError("k")
except KeyError as error:
    print(repr(error.__context__), sys.getrefcount(error))

empty, letter = b"", b"A"
print(empty is bytes(), bytes([65]) is letter, b"xA"[1:] is letter, b"xy"[:0] is empty)
