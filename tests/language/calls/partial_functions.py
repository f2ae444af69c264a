# functools.partial: merging, state, reprs, weak references, subclasses; and what counts see of it.
import copy
import functools
import sys
import weakref
from functools import partial

print(partial, partial.__doc__.split("\n")[0], sys.getsizeof(partial(len)))
add = partial(lambda *things, **named: (things, named), 1, x=2)
print(add(3, y=4), add(x=5), add.args, add.keywords)
more = partial(add, 6, z=7)
print(more(8), more.func is add.func, more.args, more.keywords)
add.mark = 1
kept = partial(add, 6)
print(kept.func is add, kept.args, add.__dict__)
print(partial(print, 1, "a", end="b"), partial(partial(int, base=2)))


class Own(partial):
    def __repr__(self):
        return "Own:" + super().__repr__()


own = Own(len, [1])
print(own, own(), partial(own).func is len, isinstance(partial(own), Own), Own(partial(len)).func is len)


class Other(partial):
    def __call__(self):
        return 5


print(partial(Other(len)).func is len, partial(Other(len))())
for wrong in (lambda: partial(), lambda: partial(3), lambda: setattr(partial(len), "func", 1), lambda: delattr(own, "args")):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
state = add.__reduce__()
print(state[0], state[2][1:], state[2][2] is add.keywords)
fresh = partial(len)
fresh.__setstate__((max, (1, 2), None, {"a": 1}))
print(fresh(3), fresh.keywords, fresh.a)
for wrong in ((1, (), {}, None), (len, [], {}, None), (len, (), [], None), (len,), 3):
    try:
        fresh.__setstate__(wrong)
    except TypeError as error:
        print(error)
copied = copy.copy(add)
print(copied(9), copied.mark, copied is add)
print(weakref.ref(add)() is add, partial[int], hash(add) == hash(add), add == copy.copy(add))
loop = partial(len)
loop.__setstate__((loop, (loop,), {"me": loop}, {}))
print(repr(loop))
loop.__setstate__((len, (), {}, {}))


class K:
    def __del__(self):
        print("~K")


try:
    partial(K())
except TypeError as error:
    print(error)
    print("after")
print(callable(add), add.__class__, [name for name in dir(partial) if not name.startswith("__")])
