"""Rare forms after the percent sign."""
from collections import deque


def attempt(format, values):
    try:
        print(format % values)
    except Exception as error:
        print(type(error).__name__, error.args)


attempt(b"%z", 1)
attempt(b"%z.1f|%z5.1f", (-0.01, -0.01))
attempt(b"%(a)z", {b"a": 1})
attempt(b"%\xe9", 1)
attempt("%z", 1)
attempt("%(a)s", deque())
attempt("abc", deque())
attempt("abc", [])
