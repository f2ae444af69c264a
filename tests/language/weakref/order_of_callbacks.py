# One callback is called with its reference alone; several are all kept until the last was called.
import sys
import weakref

rc = sys.getrefcount


class K:
    pass


class Callback:
    def __init__(self, name):
        self.name = name

    def __call__(self, reference):
        print(self.name, rc(reference), rc(self), reference() is None)

    def __del__(self):
        print("~" + self.name)


def function(reference):
    print("function", rc(reference))


thing = K()
plain = weakref.ref(thing)
told = weakref.ref(thing, function)
del thing

thing = K()
plain, proxy = weakref.ref(thing), weakref.proxy(thing)
told = weakref.ref(thing, Callback("only"))
del thing
print(told.__callback__)

thing = K()
plain = weakref.ref(thing)
told = [weakref.ref(thing, Callback("first")), weakref.ref(thing, Callback("second")), weakref.ref(thing, function)]
del thing
print(len(told))


class Forgetful(Callback):
    def __call__(self, reference):
        super().__call__(reference)
        told.clear()


thing = K()
told = [weakref.ref(thing, Forgetful("third")), weakref.ref(thing, Forgetful("fourth"))]
del thing
