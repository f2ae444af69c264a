"""gc.callbacks, and errors in them."""
import gc
import sys

gc.disable()
gc.collect()


def report(phase, info):
    print(phase, sorted(info.items()), gc.collect())


def broken(phase, info):
    raise ValueError(phase)


def hook(info):
    print("hook:", info.exc_type.__name__, info.exc_value, info.object is broken)


sys.unraisablehook = hook
gc.callbacks.append(report)
x = []
x.append(x)
del x
gc.collect()
gc.callbacks.append(broken)
gc.collect(0)
gc.callbacks[:] = []
print(gc.collect(1), gc.callbacks)
