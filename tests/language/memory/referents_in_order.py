# What objects show of what they hold, and in which order: the order of a collection hangs on it.
import functools
import gc
import weakref


class Named:
    def __init__(self, name):
        self.name = name


a, b, c = Named("a"), Named("b"), Named("c")


def show(label, thing):
    names = []
    for held in gc.get_referents(thing):
        is_class = isinstance(held, type)
        names.append(held.name if type(held) is Named else held.__name__ if is_class else type(held).__name__)
    print(label, *names)


def function(x=a, *, y=b) -> None:
    "Documented."


def outer():
    local = c

    def inner(z=a):
        return b, local

    return inner


class Slots:
    __slots__ = "p", "q"


class Sub(list):
    pass


class Fault(Exception):
    pass


class Meta(type):
    pass


class Class(Named, metaclass=Meta):
    __slots__ = "w",


def generates(x):
    y = b
    try:
        raise KeyError
    except KeyError:
        yield c


for thing in ([a, b], (a, b), {"x": a, "y": b}, {a: b}, slice(a, b, c), outer().__closure__[0], [a].append,
              Class("c").__init__, filter(function, [a]), map(function, [a]), property(function), super(Class, Class("s")),
              Class.__dict__["w"], weakref.ref(a, function), iter([a])):
    show(type(thing).__name__, thing)
show("class", Class)
slots = Slots()
slots.p, slots.q = a, b
show("slots", slots)
sub = Sub([a])
sub.attribute = b
show("sub", sub)
fault = Fault(a)
fault.attribute = b
show("fault", fault)
try:
    try:
        raise KeyError(a)
    except KeyError as first:
        raise fault from first
except Fault:
    pass
show("raised", fault)
show("traceback", fault.__traceback__)


class Told(Named):
    def __del__(self):
        print("~" + self.name, end=" ")


def holds():
    first, second = Told("first"), Told("second")
    raise Fault(Told("argument"))


def order():
    try:
        holds()
    except Fault as raised:
        raised.more = Told("attribute")
        kept = raised
    del kept


order()
print()
try:
    Told("object").missing
except AttributeError as error:
    error.more = Told("more")
    del error
print()
gc.collect()
gc.disable()
for make in (lambda: Sub(), lambda: Fault(), lambda: type("T", (dict,), {})(), lambda: Slots()):
    thing = make()
    if type(thing) is Slots:
        thing.p = thing
    else:
        thing.me = thing
    del thing
    print(gc.collect())


def undocumented(x=a, *, y=b):
    pass


show("undocumented", undocumented)
show("lambda", lambda: a)
show("method", Named("d").__init__)
