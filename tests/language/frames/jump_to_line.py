# A trace function may send its frame to another line; what cannot be is refused with a reason.
import sys


def jump(start, to, event="line"):
    def run(function):
        out = []
        first = function.__code__.co_firstlineno
        done = False

        def trace(frame, kind, value):
            nonlocal done
            if frame.f_code is not function.__code__:
                return None
            if not done and kind == event and frame.f_lineno == first + start:
                done = True
                frame.f_lineno = first + to
                out.append(("at", frame.f_lineno - first))
            return trace

        sys.settrace(trace)
        try:
            function(out)
        except BaseException as error:
            out.append((type(error).__name__, str(error).replace(str(first + to), "N")))
        finally:
            sys.settrace(None)
        print(function.__name__, out)
    return run


@jump(2, 4)
def forward(out):
    out.append(1)
    out.append(2)
    out.append(3)
    out.append(4)


@jump(4, 2)
def back(out):
    for i in 1, 2:
        out.append(i)
    out.append("end")


@jump(3, 5)
def out_of_two_loops(out):
    for i in 1, 2:
        for j in [3]:
            out.append(j)
            out.append(i)
    out.append("end")


@jump(2, 5)
def into_a_loop(out):
    out.append(1)
    out.append(2)
    for i in 1, 2:
        out.append(3)
        out.append(4)


@jump(2, 5)
def into_a_handler(out):
    try:
        out.append(2)
        out.append(3)
    except KeyError:
        out.append(5)


@jump(6, 8)
def out_of_a_handler(out):
    try:
        1 / 0
    except ZeroDivisionError:
        out.append(4)
        out.append(sys.exc_info()[0])
        out.append(6)
    out.append(7)
    out.append(sys.exc_info()[0])


@jump(5, 6)
def out_of_a_nested_handler(out):
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            1 / 0
        except ZeroDivisionError:
            out.append("skipped")
        out.append(repr(sys.exc_info()[1]))
    out.append(sys.exc_info()[1])


class Manager:
    def __init__(self, out):
        self.out = out

    def __enter__(self):
        self.out.append("enter")

    def __exit__(self, *details):
        self.out.append("exit")


@jump(3, 4)
def out_of_a_with(out):
    with Manager(out):
        out.append(2)
        out.append(3)
    out.append(4)


@jump(1, 3)
def into_a_with(out):
    out.append(1)
    with Manager(out):
        out.append(3)


@jump(2, 3)
def to_a_line_without_code(out):
    out.append(1)
    out.append(2)
    # nothing here
    out.append(4)


@jump(1, 3)
def to_pass(out):
    out.append(1)
    if out:
        pass
    out.append(4)


@jump(2, -1)
def too_early(out):
    out.append(1)
    out.append(2)


@jump(2, 1000)
def too_late(out):
    out.append(1)
    out.append(2)


@jump(0, 2, "call")
def from_a_call(out):
    out.append(1)
    out.append(2)


@jump(2, 1, "return")
def from_a_return(out):
    out.append(1)
    out.append(2)


@jump(1, 2, "exception")
def from_an_exception(out):
    raise ValueError(out)
    out.append(2)


@jump(4, 9)
def out_of_a_call(out):
    a = 1
    print(
        out.append(3)
    )
    out.append(5)
    (
        (
            a
            +
            10
        )
        +
        13
    )
    out.append(15)


def refused(value):
    def trace(frame, kind, _):
        if kind == "line":
            try:
                frame.f_lineno = value
            except ValueError as error:
                print(error)
            try:
                del frame.f_lineno
            except AttributeError as error:
                print(error)
            try:
                sys._getframe().f_lineno = 3
            except ValueError as error:
                print(error)
        return trace

    def function():
        pass

    sys.settrace(trace)
    function()
    sys.settrace(None)


refused("x")
refused(1.0)
refused(10**30)
try:
    sys._getframe().f_lineno = 3
except ValueError as error:
    print(error)
