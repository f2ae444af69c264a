"""freeze and unfreeze."""
import gc
import weakref

gc.disable()
gc.collect()


class A:
    def __init__(self):
        self.me = self


w = weakref.ref(A())
gc.freeze()
print(gc.get_freeze_count() > 10, gc.collect(), w() is not None)
gc.unfreeze()
print(gc.get_freeze_count(), gc.collect() >= 1, w())
