"""Traceback objects: chains, bare raise, making them, changing them."""
import sys
import traceback
import types


def entries(error):
    tb = error.__traceback__
    found = []
    while tb is not None:
        found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno))
        tb = tb.tb_next
    return found[1:]


def fails():
    raise ValueError("x")


def again():
    try:
        fails()
    except ValueError:
        raise


def by_name():
    try:
        fails()
    except ValueError as error:
        raise error


def nested():
    try:
        again()
    finally:
        pass


for function in fails, again, by_name, nested:
    try:
        function()
    except ValueError as error:
        print(function.__name__, entries(error))
        kept = error

tb = kept.__traceback__
print(type(tb).__name__, dir(tb)[-4:], tb.tb_next.tb_next is not None)
tb.tb_next = None
print(tb.tb_next)
made = types.TracebackType(None, tb.tb_frame, 0, 42)
print(made.tb_next, made.tb_lasti, made.tb_lineno)
tb.tb_next = made
try:
    made.tb_next = tb
except ValueError as error:
    print(error)
try:
    tb.tb_next = 3
except TypeError as error:
    print(error)
print(kept.with_traceback(None).__traceback__, sys.exc_info(), sys.exception())
try:
    raise KeyError(1) from kept
except KeyError as error:
    print(sys.exc_info()[0].__name__, sys.exception() is error)
    print(traceback.format_exception_only(error), len(traceback.format_exception(error)))
