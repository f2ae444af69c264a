# What calls a function for a program counts no more references than its frame does.
import functools
import sys

rc = sys.getrefcount


def key(thing):
    print("key", rc(key), rc(thing))
    return 0


class Called:
    def __call__(self, *things, **named):
        print("call", rc(self), [rc(thing) for thing in things], [rc(thing) for thing in named.values()])
        return 0

    @property
    def shown(self):
        print("get", rc(self), rc(Called.__dict__["shown"].fget))

    @shown.setter
    def shown(self, value):
        print("set", rc(self), rc(value))

    @shown.deleter
    def shown(self):
        print("delete", rc(self))


class Steps:
    def __init__(self):
        self.left = 1

    def __iter__(self):
        print("iter", rc(self))
        return self

    def __next__(self):
        print("next", rc(self))
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return []


def everything(thing, called):
    list(map(key, [thing]))
    list(filter(key, [thing]))
    sorted([thing], key=key)
    [thing].sort(key=key)
    max([thing], key=key)
    min(thing, thing, key=key)
    list(map(called, [thing]))
    called(*[thing])
    called(*(thing, thing))
    called(thing, **{"a": thing})
    called(a=thing)
    functools.partial(key, thing)()
    functools.partial(key)(thing)
    functools.partial(called, thing)(thing)
    functools.partial(called, a=thing)(thing, b=thing)
    called.shown
    called.shown = thing
    del called.shown
    next(iter(lambda: key(thing), 1))


def iteration():
    for _ in Steps():
        pass
    [step for step in Steps()]
    for use in (list, tuple, set, enumerate, next, iter, any, bytearray):
        print(use.__name__)
        try:
            use(Steps())
        except (TypeError, StopIteration) as error:
            print(type(error).__name__)
    list(map(list, Steps()))
    list(zip(Steps()))
    list(filter(None, Steps()))
    list(enumerate(Steps()))
    sum(Steps(), [])
    print(len([*Steps()]))
    first, *rest = Steps()
    set().update(Steps()) if 0 else None


everything([], Called())
iteration()
