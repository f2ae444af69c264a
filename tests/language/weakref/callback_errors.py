"""What a callback raises goes to sys.unraisablehook, and the program goes on."""
import sys
import weakref


class A:
    pass


def broken(ref):
    raise ValueError("broken callback")


def hook(info):
    print("hook:", info.exc_type.__name__, info.exc_value, info.err_msg, info.object is broken)


sys.unraisablehook = hook
a = A()
first = weakref.ref(a, lambda ref: print("still called"))
second = weakref.ref(a, broken)
del a
try:
    a = A()
    third = weakref.ref(a, broken)
    raise KeyError("on its way")
except KeyError as error:
    del a
    print("caught", error)
