"""What is native code in CPython adds no line to a traceback and calls no trace function."""

import functools
import itertools
import operator
import sys
import traceback
import warnings


def names(call):
    try:
        call()
    except Exception as error:
        return [entry.name for entry in traceback.extract_tb(error.__traceback__)]


def divide(a, b=0):
    return a / b


@functools.lru_cache
def cached(n):
    return divide(n)


@functools.total_ordering
class Ranked:
    def __lt__(self, other):
        return divide(1)


print(names(lambda: functools.reduce(divide, [1, 0])))
print(names(lambda: list(itertools.starmap(divide, [(1, 0)]))))
print(names(lambda: list(itertools.accumulate([1, 0], divide))))
print(names(lambda: cached(3)))
print(names(lambda: sorted([2, 1], key=functools.cmp_to_key(divide))))
print(names(lambda: operator.methodcaller("missing")(1)))
print(names(lambda: itertools.count("a")))

seen = []


def tracer(frame, event, argument):
    seen.append((event, frame.f_code.co_name))
    return tracer


sys.settrace(tracer)
functools.reduce(lambda a, b: a + b, [1, 2, 3])
sys.settrace(None)
print(seen)

with warnings.catch_warnings():
    warnings.simplefilter("error")
    print(names(lambda: warnings.warn("this is an error now")))
