"""The module traceback: lines, carets, chains, notes, groups."""
import io
import os
import traceback

HERE = os.path.basename(__file__)


def show(lines):
    print("".join(lines).replace(__file__, HERE))


def divide(x):
    return 1 / x


def chained():
    try:
        divide(0)
    except ZeroDivisionError as error:
        raise ValueError("two\nlines") from error


try:
    chained()
except ValueError as error:
    error.add_note("a note")
    error.add_note("another\nof two lines")
    show(traceback.format_exception(error))
    show(traceback.format_exception(error, chain=False, limit=1))
    print(traceback.format_exception_only(error))
    shown = traceback.TracebackException.from_exception(error)
    print(shown.exc_type.__name__, str(shown), len(shown.stack), shown.__cause__ is not None)
    stream = io.StringIO()
    traceback.print_exc(file=stream)
    show(stream.getvalue())
    print([(entry.name, entry.lineno, entry.line) for entry in traceback.extract_tb(error.__traceback__)])

try:
    raise ExceptionGroup("group", [ValueError(1), ExceptionGroup("inner", [TypeError(2), KeyError("x")])])
except ExceptionGroup as error:
    show(traceback.format_exception(error))

try:
    compile("a b", "file", "exec")
except SyntaxError as error:
    print(traceback.format_exception_only(error))


def deep(n):
    if n:
        return deep(n - 1)
    return traceback.extract_stack()


show(deep(6).format())
print(traceback.format_exc())
print(traceback.format_list([("a", 1, "b", "c")]), traceback.FrameSummary("f", 1, "n"))


class Broken(Exception):
    def __str__(self):
        raise RuntimeError


print(traceback.format_exception_only(Broken()))
data = {"a": {}}
try:
    data["a"]["b"]["c"]
except KeyError as error:
    show(traceback.format_tb(error.__traceback__))
