"""Functions that call themselves, also in a circle, through native calls and as generators, are told of at every depth."""

import functools
import sys


def factorial(n):
    if n <= 1:
        return 1
    return n * factorial(n - 1)


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def count_down(n):
    yield n
    if n:
        yield from count_down(n - 1)


def through_native(n):
    return [] if n == 0 else sorted(through_native(n - 1) + [n], key=lambda item: -item)


def fails(n):
    if n == 0:
        raise ValueError("at the bottom")
    try:
        fails(n - 1)
    finally:
        n = -n


class Deep:
    def __init__(self, n):
        self.inner = Deep(n - 1) if n else None

    def __getattr__(self, name):
        return getattr(self.inner, name) if self.inner else name


events = []


def tracer(frame, event, argument):
    events.append((event, frame.f_code.co_name, frame.f_lineno))
    return tracer


def profiler(frame, event, argument):
    if event in ("call", "return"):
        note((event, frame.f_code.co_name))


def note(event):
    events.append(event)


def shown(call, *arguments):
    for install in (sys.settrace, sys.setprofile):
        events.clear()
        install(tracer if install is sys.settrace else profiler)
        try:
            call(*arguments)
        except ValueError:
            pass
        install(None)
        depth = lowest = 0
        for event in events:
            depth += {"call": 1, "return": -1}.get(event[0], 0)
            lowest = max(lowest, depth)
        print(call, len(events), depth, lowest) if isinstance(call, str) else print(
            call.__name__, len(events), depth, lowest)


shown(factorial, 9)
print(*events)
shown(fibonacci, 8)
shown(even, 11)
shown(lambda: list(count_down(7)))
shown(through_native, 8)
shown(fails, 8)
shown(Deep, 9)
shown(lambda: Deep(6).anything)
shown(lambda: functools.reduce(lambda a, b: factorial(b), range(5)))

events.clear()
sys.setprofile(lambda frame, event, argument: events.append((event, getattr(argument, "__name__", None))))
len("")
sys.setprofile(None)
sys.setprofile(lambda frame, event, argument: events.append((event, getattr(argument, "__name__", None))))
sys.setprofile(None)
print(events)
