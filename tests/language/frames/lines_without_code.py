"""Lines that make no code run all the same for a tracer: pass, try, while True, constants, break and continue."""
import sys


def trace(function):
    events, base = [], function.__code__.co_firstlineno

    def tracer(frame, event, argument):
        if frame.f_code is function.__code__:
            events.append(f"{frame.f_lineno - base} {event}")
            return tracer

    sys.settrace(tracer)
    try:
        function()
    except Exception:
        pass
    sys.settrace(None)
    print(function.__name__, ", ".join(events))


def tries():
    try:
        2
    except ValueError:
        4
    else:
        6
    finally:
        8


def passes():
    try:
        x = 2
    except* ValueError:
        pass


class Numbers:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration
        return self.n


def iterates():
    for x in Numbers():
        pass


def goes_on():
    for x in (1, 2):
        if x == 1:
            continue
        y = 1


def loops():
    i = 0
    while True:
        i += 1
        if i > 2:
            break
    return [x
            for x in (1, 2)]


def tight():
    items = range(3)
    try:
        i = -1
        while 1: i = items[i + 1]
    except IndexError:
        pass


def leaves_with():
    with open("/dev/null") as file:
        return 1


def constant_tests():
    if True:
        pass
    elif False:
        x = 1
    else:
        pass
    x = 1


def displays():
    x = [1,
         2,
         3]
    y = {"a":
         1}


def nested():
    for x in range(2):
        for y in range(2):
            if y:
                break
        else:
            continue
        pass


def leaves_finally():
    for i in range(2):
        try:
            return 3
        finally:
            i = 5


def breaks_to_break():
    while True:
        while True:
            break
        break


def handlers():
    try:
        raise ValueError
    except ValueError as error:
        pass
    except TypeError:
        pass
    x = 1


for function in (tries, passes, iterates, goes_on, loops, tight, leaves_with, constant_tests, displays, nested,
                 leaves_finally, breaks_to_break, handlers):
    trace(function)
