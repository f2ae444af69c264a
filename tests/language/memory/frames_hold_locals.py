import sys
import weakref


class C:
    pass


def f():
    c = C()
    return weakref.ref(c), sys._getframe()


r, frame = f()
print(r() is not None, sorted(frame.f_locals))
del frame
print(r())


def g():
    c = C()
    c.r = weakref.ref(c)
    raise ValueError(c.r)


try:
    g()
except ValueError as error:
    r = error.args[0]
    print(r() is not None)
print(r())
