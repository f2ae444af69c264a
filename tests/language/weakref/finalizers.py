"""weakref.finalize."""
import weakref


class A:
    pass


def cleanup(*args, **kwargs):
    print("  cleanup", args, kwargs)
    return "result"


a = A()
f = weakref.finalize(a, cleanup, 1, 2, x=3)
print(f.alive, f.atexit, f.peek()[1:], repr(f).split(" at ")[0], " for 'A' at " in repr(f))
del a
print(f.alive, f.peek(), f.detach(), f(), repr(f).endswith("; dead>"), f.atexit)
a = A()
f = weakref.finalize(a, cleanup, "by hand")
print(f(), f(), f.alive)
f = weakref.finalize(a, cleanup, "detached")
print(f.detach()[1:], f.detach())
f = weakref.finalize(a, cleanup, "silent at exit")
f.atexit = False
print(f.atexit)
g = weakref.finalize(a, cleanup, "first made, last called")
h = weakref.finalize(a, cleanup, "last made, first called")
try:
    weakref.finalize(1, cleanup)
except TypeError as error:
    print(error)
print("end")
