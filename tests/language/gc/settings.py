"""Switches, thresholds and errors of the gc module."""
import gc


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(gc.get_threshold(), gc.set_threshold(500), gc.get_threshold())
gc.set_threshold(600, 20)
print(gc.get_threshold())
gc.set_threshold(700, 10, 10)
print(gc.get_debug(), gc.set_debug(gc.DEBUG_SAVEALL), gc.get_debug(), gc.set_debug(0))
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
for function in (lambda: gc.collect("a"), lambda: gc.collect(2**40), lambda: gc.collect(-1), lambda: gc.collect(3),
                 lambda: gc.collect(1.5), lambda: gc.collect(1, 2), lambda: gc.collect(gen=1),
                 lambda: gc.collect(None), lambda: gc.collect(2**70),
                 lambda: gc.set_threshold(), lambda: gc.set_threshold(1, 2, 3, 4), lambda: gc.set_threshold(2**40),
                 lambda: gc.set_threshold(-2**40), lambda: gc.set_threshold(1.5), lambda: gc.set_threshold("a"),
                 lambda: gc.set_threshold(2**70), lambda: gc.set_threshold(a=2), lambda: gc.set_debug("a"),
                 lambda: gc.set_debug(2**40), lambda: gc.get_objects(3), lambda: gc.get_objects(-2),
                 lambda: gc.get_objects("a"), lambda: gc.get_objects(1, 2), lambda: gc.is_tracked()):
    show(function)
print(len(gc.get_count()), len(gc.get_stats()), sorted(gc.get_stats()[0]), gc.garbage, gc.callbacks)
print(gc.collect(generation=0) >= 0, type(gc.collect()).__name__)
print(sorted(name for name in dir(gc) if not name.startswith("__")))
