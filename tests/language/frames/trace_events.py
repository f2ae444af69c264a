"""sys.settrace: which events come, in which order, with which lines."""
import sys

events = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        return None
    line = frame.f_lineno - frame.f_code.co_firstlineno
    if event == "exception":
        arg = arg[0].__name__, str(arg[1])
    events.append((frame.f_code.co_name, event, line, arg))
    return tracer


def run(function, *args, lines=True):
    events.clear()
    sys.settrace(tracer)
    try:
        function(*args)
    except Exception as error:
        events.append(repr(error))
    finally:
        sys.settrace(None)
    print("---", function.__name__)
    for event in events:
        if lines or event[1] != "line":
            print(event)


def straight(a):
    b = a + 1
    c = b * 2
    return c


def loop():
    total = 0
    for i in range(2):
        total += i
    return total


def branches(x):
    if x:
        y = 1
    else:
        y = 2
    return y


def inner(x):
    return x * 2


def calls():
    x = inner(1)
    return inner(x)


def fails():
    x = 1
    return x / 0


def handles():
    try:
        fails()
    except ZeroDivisionError:
        y = 1
    return y


def numbers():
    yield 1
    yield 2


def generates():
    for x in numbers():
        y = x
    return y


run(straight, 1)
run(loop)
run(branches, 0)
run(calls)
run(fails)
run(handles, lines=False)
run(generates)
print(sys.gettrace())


def only_calls(frame, event, arg):
    seen.append((event, frame.f_code.co_name))


seen = []
sys.settrace(only_calls)
calls()
sys.settrace(None)
print(seen)


def breaks(frame, event, arg):
    if event == "line":
        raise KeyError("from the tracer")
    return breaks


sys.settrace(breaks)
try:
    straight(1)
except KeyError as error:
    print(repr(error), sys.gettrace())


def opcodes(frame, event, arg):
    frame.f_trace_lines = False
    frame.f_trace_opcodes = True
    if event != "opcode":
        seen.append(event)
    elif seen[-1] != "opcode":
        seen.append(event)
    return opcodes


seen.clear()
sys.settrace(opcodes)
straight(1)
sys.settrace(None)
print(seen)
