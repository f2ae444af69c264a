"""sys.setprofile: calls and returns, of native functions too."""
import sys

events = []


def profiler(frame, event, arg):
    shown = arg.__name__ if event.startswith("c_") else arg
    events.append((frame.f_code.co_name, event, shown))


def double(x):
    return len([x]) * 2


def work():
    items = []
    items.append(double(1))
    try:
        int("x")
        items.pop(5)
    except (ValueError, IndexError):
        pass
    return max(items, key=double)


sys.setprofile(profiler)
work()
sys.setprofile(None)
for event in events:
    print(event)
print(sys.getprofile())
