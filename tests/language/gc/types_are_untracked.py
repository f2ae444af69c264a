"""A built-in type does not keep a tuple or a dict tracked; a class does."""
import gc

plain = (1, 2, (None, True), int), (list, dict)
d = {1: int, "a": (str, type)}
gc.collect()
print([gc.is_tracked(item) for item in plain], gc.is_tracked(plain), gc.is_tracked(d), gc.is_tracked(int))


class C:
    pass


made = [(1, C)]
d[2] = C
gc.collect()
print(gc.is_tracked(made[0]), gc.is_tracked(d), gc.is_tracked(C))
