# A class made from list or dict has a list of weak references of its own, and a size that tells it.
import sys
import weakref


class Pages(list):
    pass


class Index(dict):
    pass


class Bound(Pages):
    pass


for kind in Pages, Index, Bound:
    thing = kind()
    watch = weakref.ref(thing, lambda dead: print("gone"))
    print(kind.__name__, sys.getsizeof(thing), watch() is thing, thing.__weakref__ is watch, "__weakref__" in kind.__dict__)
    del thing
    print(watch())
