"""Small things: checks against unions, a view's hash after release, tracebacks made by hand, texts that stay themselves."""

import sys
import types


def show(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


show(lambda: isinstance(1, int | list[int]))
show(lambda: isinstance("", int | list[int]))
show(lambda: isinstance(1, list[int] | int))
show(lambda: issubclass(str, int | list[int]))
show(lambda: isinstance(None, int | None))
show(lambda: issubclass(1, int | str))
show(lambda: hasattr(types.UnionType, "__instancecheck__"))
show(lambda: (int | str)[int])

view = memoryview(b"abc")
known = hash(view)
view.release()
print(hash(view) == known)
view = memoryview(b"abc")
view.release()
show(lambda: hash(view))

show(lambda: types.TracebackType(None, None, 1, 1))
show(lambda: types.TracebackType())
made = types.TracebackType(None, sys._getframe(), 13, 5)
print(made.tb_lasti, made.tb_lineno, made.tb_next)

text = "abcde"
print("%s" % text is text, "%.5s" % text is text, "%1s" % text is text, text % () is text)
print("{0}".format(text) is text, text.format() is text, "{:5s}".format(text) is text)
print("%s" % "é%s" % text, "%s%s" % (text, ""), "%s" % True)

print(type(iter(list[int])).__name__, type(iter(memoryview(b"a"))).__name__)
print(type(show.__code__.co_lines()).__name__, type(show.__code__.co_positions()).__name__)

for thing in (show.__code__, memoryview(b""), int | str, sys._getframe(), iter([]), object(), sys.version_info):
    for protocol in (0, 2):
        try:
            print(type(thing).__name__, protocol, type(thing.__reduce_ex__(protocol)).__name__)
        except TypeError as e:
            print(type(thing).__name__, protocol, e)

for source in ("from __future__ import nothing", "from __future__ import braces"):
    try:
        compile(source, "<s>", "exec")
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
for source in ('"\\xhh" \\', "'a' \\"):
    try:
        compile(source, "<s>", "exec")
    except SyntaxError as e:
        print(e.msg, e.lineno)
