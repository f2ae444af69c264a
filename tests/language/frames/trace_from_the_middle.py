# Tracing that begins in a frame that runs already is told of the next line, not of the rest of this one.
import sys
events = []


def trace(frame, event, value):
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return trace


def begin():
    sys.settrace(trace)
    sys._getframe().f_back.f_trace = trace


def program():
    x = [begin(), len("abc"), 1]
    y = x[1]
    return y


program()
sys.settrace(None)
for event in events:
    if event[0] != "<module>":
        print(*event)
