# How generators end that nobody runs any more, and what their frames keep.
import gc
import sys
import weakref

rc = sys.getrefcount


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("~" + self.name, end=" ")


def steps(*things):
    for thing in things:
        yield thing


def guarded(thing):
    try:
        yield thing
    finally:
        print("end", end=" ")


def delegates(inner):
    yield from inner


def closed_before_it_ran():
    kept = Told("cell")

    def uses():
        yield kept

    generator = uses()
    del kept
    generator.close()
    del uses
    print("closed")
    return generator


def frames():
    generator = steps(Told("a"))
    frame = generator.gi_frame
    generator.close()
    print(sorted(frame.f_locals), frame.f_lineno - frame.f_code.co_firstlineno, generator.gi_frame)
    generator = steps(Told("b"), 1)
    next(generator)
    frame = generator.gi_frame
    print(rc(generator), rc(frame), len(gc.get_referrers(steps)))
    del generator
    many = [steps(number) for number in range(50)]
    print(sorted(frame.f_locals), frame.f_lineno - frame.f_code.co_firstlineno)


def thrown():
    class Fault(Exception):
        pass

    def tells():
        try:
            yield
        except Fault as fault:
            print("thrown", rc(fault), end=" ")
            yield

    for what in (Fault, Fault()):
        for generator in (tells(), delegates(tells()), delegates(delegates(tells()))):
            next(generator)
            generator.throw(what)
    print()
    try:
        steps().throw(Fault)
    except Fault as fault:
        print(rc(fault), fault.__traceback__.tb_next.tb_frame.f_back)


def inner_is_closed():
    inner = guarded(1)
    outer = delegates(inner)
    next(outer)
    del outer
    print(list(inner))


def weak():
    generator = guarded(Told("c"))
    next(generator)
    reference = weakref.ref(generator, lambda reference: print("dead", end=" "))
    del generator
    print()


def garbage():
    for make in (lambda things: steps(things, Told("d")), lambda things: guarded((things, Told("e")))):
        things = [Told("f")]
        things.append(make(things))
        if rc(make) % 2:
            next(things[1])
        del things
        print(gc.collect())


def sees_itself():
    def looks():
        yield rc(generator), len(gc.get_referrers(here))
        try:
            raise KeyError
        except KeyError as error:
            yield len(gc.get_referrers(error)), (lambda: len(gc.get_referrers(here)))()

    here = []
    generator = looks()
    print(next(generator), next(generator), [rc(generator) for _ in generator])


def sent():
    def receives():
        got = yield
        print("got", rc(got), end=" ")
        yield

    for generator in (receives(), delegates(receives()), delegates(delegates(receives()))):
        next(generator)
        generator.send([])
    print()


gc.disable()
closed_before_it_ran()
for shows in (frames, thrown, inner_is_closed, weak, garbage, sees_itself, sent):
    print(shows.__name__)
    shows()
