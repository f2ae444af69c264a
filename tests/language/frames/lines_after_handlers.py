"""The line of a frame that an exception has left through a handler that let it pass."""

import sys


class Passes:
    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False


def through_with():
    with Passes():
        before = 1
        raise ValueError("in the block")


def through_two():
    with Passes() as one, Passes() as other:
        with Passes():
            1 / 0


def from_handler():
    try:
        {}["key"]
    except KeyError:
        for name in range(2):
            raise ValueError("in the handler")


def from_named_handler():
    try:
        {}["key"]
    except KeyError as error:
        raise LookupError("in the named handler")


def no_match():
    try:
        1 / 0
    except (KeyError,
            ValueError):
        pass


def through_finally():
    try:
        1 / 0
    finally:
        after = 1


def raised_again():
    try:
        1 / 0
    except ZeroDivisionError:
        number = 1
        raise


events = []


def tracer(frame, event, argument):
    if event in ("exception", "return"):
        events.append((event, frame.f_code.co_name, frame.f_lineno))
    return tracer


for call in (through_with, through_two, from_handler, from_named_handler, no_match, through_finally, raised_again):
    try:
        call()
    except Exception as error:
        entry = error.__traceback__.tb_next
        print(call.__name__, entry.tb_lineno, entry.tb_frame.f_lineno, entry.tb_frame.f_lasti >= 0)
    events.clear()
    sys.settrace(tracer)
    try:
        call()
    except Exception:
        pass
    sys.settrace(None)
    print(*events)
