"""DEBUG_SAVEALL keeps what is trash."""
import gc

gc.disable()
gc.collect()


class A:
    def __init__(self):
        self.me = self


gc.set_debug(gc.DEBUG_SAVEALL)
a = A()
a.extra = [a]
del a
print(gc.collect(), [type(o).__name__ for o in gc.garbage])
gc.set_debug(0)
del gc.garbage[:]
print(gc.collect() > 0, gc.garbage)
