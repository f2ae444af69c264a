"""Frames: what they show, who holds them, what clear() does."""
import sys


def outer(a):
    b = 2
    return inner(b)


def inner(c):
    frame = sys._getframe()
    back = frame.f_back
    print(frame.f_code.co_name, back.f_code.co_name, sorted(back.f_locals.items()), frame.f_globals is globals())
    print(frame.f_lineno - frame.f_code.co_firstlineno, back.f_back.f_back, frame.f_trace, frame.f_trace_lines)
    print(frame.f_builtins["len"] is len, frame.f_locals is frame.f_locals, "frame" in frame.f_locals)
    try:
        frame.clear()
    except RuntimeError as error:
        print(error)
    return frame


kept = outer(1)
print(sorted(kept.f_locals), kept.f_locals["c"])
kept.clear()
print(kept.f_locals.get("c"), kept.f_back.f_code.co_name)
try:
    sys._getframe(100)
except ValueError as error:
    print(error)


class Noisy:
    def __del__(self):
        print("died")


def holds():
    noisy = Noisy()
    return sys._getframe()


frame = holds()
print("the frame keeps its locals")
frame.clear()
print("cleared")
try:
    frame.f_trace_opcodes = 1
except TypeError as error:
    print(error)


def gen():
    x = Noisy()
    yield 1


g = gen()
print(g.gi_frame.f_lineno - g.gi_code.co_firstlineno)
next(g)
print(g.gi_frame.f_lineno - g.gi_code.co_firstlineno, list(g.gi_frame.f_locals))
g.gi_frame.clear()
print(g.gi_frame, list(g))
