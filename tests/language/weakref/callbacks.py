"""Callbacks of weak references: order, when they run, what they see."""
import gc
import weakref


class A:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("  del", self.name)


def note(tag):
    return lambda ref: print("  callback", tag, ref() is None, ref.__callback__)


print("newest first, after __del__")
a = A("one")
refs = [weakref.ref(a, note(n)) for n in range(3)]
del a

print("a reference that died before is silent")
a = A("two")
refs = [weakref.ref(a, note(n)) for n in range(3)]
del refs[1]
del a

print("in a cycle: the callback comes first, and stays")
a = A("three")
a.me = a
r = weakref.ref(a, lambda ref: print("  callback", ref() is None, ref.__callback__ is not None))
del a
print(gc.collect(), r.__callback__ is not None)

print("the reference is part of the trash: no callback")
a = A("four")
a.me = a
a.ref = weakref.ref(a, note("never"))
del a
print(gc.collect())

print("proxies have callbacks too")
a = A("five")
p = weakref.proxy(a, lambda proxy: print("  proxy callback", type(proxy).__name__))
del a

print("a callback that makes a new reference")
log = []


class B:
    pass


def again(ref):
    other = B()
    log.append(weakref.ref(other, lambda r: print("  inner")))


b = B()
r = weakref.ref(b, again)
del b
print(len(log), log[0]())
