"""What every made program starts with: classes that tell of their deaths and of the counts that their methods see.

A program tells through `p`, which keeps what it is told in `out`; nothing else of the program is looked at.
"""

import copy, functools, gc, sys, weakref

rc = sys.getrefcount
size = sys.getsizeof
out = []
kept = []
truth = True


def p(*things):
    out.append(" ".join([f"{thing!s}" for thing in things]))


def kind(thing):
    return type(thing).__name__


class K:
    """Tells when it dies."""

    def __init__(self, name, held=None):
        self.name = name
        self.held = held

    def __del__(self):
        p("~" + self.name)

    def own(self):
        return rc(self)

    def give(self, thing):
        return thing

    def keep(self, thing):
        self.held = thing
        return self

    @property
    def shown(self):
        p("get", rc(self))
        return self.held

    @shown.setter
    def shown(self, thing):
        p("set", rc(self), rc(thing))
        self.held = thing

    @shown.deleter
    def shown(self):
        p("del", rc(self))
        self.held = None

    @classmethod
    def made(cls, name, *held):
        return cls(name, *held)

    @staticmethod
    def through(thing):
        return thing


class S:
    """Has slots."""

    __slots__ = ("left", "right", "__weakref__")

    def __init__(self, left=None, right=None):
        self.left = left
        self.right = right

    def both(self):
        return self.left, self.right, rc(self)


class N(K):
    """Tells of the counts that making it sees."""

    def __init__(self, thing, more=None, *rest, named=None, **others):
        p("init", rc(self), rc(thing), rc(more) if more is not None else 0, rc(rest) if rest else 0, rc(others))
        self.name = "n"
        self.thing = thing
        self.held = more


class O(N):
    """The same by way of its base, with a `__new__` of its own."""

    def __new__(cls, *things):
        p("new", [rc(thing) for thing in things], rc(things) if things else 0)
        return super().__new__(cls)

    def __init__(self, thing, *rest):
        super().__init__(thing, *rest)


class Steps:
    """An iterator that tells what its steps see."""

    def __init__(self, *things):
        self.things = list(things)

    def __iter__(self):
        p("iter", rc(self))
        return self

    def __next__(self):
        p("next", rc(self))
        if self.things:
            return self.things.pop()
        raise StopIteration


class D(K):
    """Tells of the counts that operators see."""

    def __add__(self, other):
        p("add", rc(self), rc(other) if isinstance(other, list) else 0)
        return self

    def __radd__(self, other):
        p("radd", rc(self), rc(other) if isinstance(other, list) else 0)
        return other

    def __iadd__(self, other):
        p("iadd", rc(self), rc(other))
        return self

    def __neg__(self):
        p("neg", rc(self))
        return self

    def __eq__(self, other):
        p("eq", rc(self), rc(other))
        return self is other

    def __lt__(self, other):
        p("lt", rc(self), rc(other))
        return self.name < getattr(other, "name", "")

    def __hash__(self):
        p("hash")
        return 7

    def __bool__(self):
        p("bool", rc(self))
        return True

    def __len__(self):
        p("len", rc(self))
        return 2

    def __contains__(self, thing):
        p("in", rc(self), rc(thing))
        return True

    def __getitem__(self, key):
        p("item")
        if type(key) is int and key > 1:
            raise IndexError
        return self.held

    def __setitem__(self, key, value):
        p("setitem", rc(self), rc(value))
        self.held = value

    def __delitem__(self, key):
        p("delitem", rc(self))

    def __call__(self, *things, **named):
        p("call", rc(self), rc(things) if things else 0, rc(named), len(things))
        return things or self

    def __iter__(self):
        p("iter", rc(self))
        yield self.held
        p("iter", rc(self))

    def __getattr__(self, name):
        p("getattr", rc(self))
        return self.held if "held" in self.__dict__ else None

    def __repr__(self):
        p("repr", rc(self))
        return self.name

    def __str__(self):
        p("str", rc(self))
        return self.name

    def __format__(self, spec):
        p("format", rc(self))
        return self.name

    def __enter__(self):
        p("enter", rc(self))
        return self

    def __exit__(self, kind, value, trace):
        p("exit", rc(self), rc(value) if value else 0)
        return truth


class R(K):
    """Comes back to life, once."""

    def __del__(self):
        p("~" + self.name, rc(self))
        kept.append(self)


class M:
    """A context."""

    def __init__(self, thing, forgives):
        self.thing = thing
        self.forgives = forgives

    def __enter__(self):
        p("in", rc(self), rc(self.thing))
        return self.thing

    def __exit__(self, *how):
        p("out", rc(self), rc(self.thing), rc(how), rc(how[1]) if how[1] else 0)
        return self.forgives


class Meta(type):
    def __new__(meta, name, bases, names):
        p("meta", rc(names), len(bases))
        return super().__new__(meta, name, bases, names)

    def __del__(cls):
        p("~class", cls.__name__)


class Base:
    def __init_subclass__(cls, **named):
        p("subclass", cls.__name__, rc(named))


class Named:
    def __set_name__(self, owner, name):
        p("named", name, rc(self))

    def __get__(self, thing, owner):
        p("get", rc(self), rc(thing) if thing is not None else 0)
        return self


class Sub(list):
    pass


class Table(dict):
    def __missing__(self, key):
        p("missing", rc(self))
        return kept


class Fault(Exception):
    def __init__(self, *things, name=None):
        super().__init__(*things)
        self.name = name

    def __del__(self):
        p("~fault")


def same(thing, /):
    return thing


def seen(thing, more=None, *rest, named=None, **others):
    p("seen", rc(thing), rc(rest) if rest else 0, rc(others))
    return thing


def keyed(thing):
    p("key", rc(keyed), rc(thing))
    return thing


def raises(thing, *rest):
    local = [thing]
    p("raises", rc(thing), rc(local))
    raise Fault(thing)


def pair(first, second):
    return first, second


def count_up(*things):
    try:
        for thing in things:
            p("step", rc(thing))
            got = yield thing
            p("got", rc(thing), got is None)
    except Fault as fault:
        p("thrown", rc(fault))
        yield fault
    finally:
        p("end")


def delegate(inner, mark):
    p("from", rc(inner))
    result = yield from inner
    p("ended", rc(inner), rc(mark))
    return mark


def told(name):
    def callback(reference):
        p("dead", name, rc(reference), reference() is None)

    return callback


def wrap(function):
    @functools.wraps(function)
    def inner(*things, **named):
        p("wrapped", rc(things) if things else 0)
        return function(*things, **named)

    return inner


def unraisable(what):
    p("!" + type(what.exc_value).__name__)


sys.unraisablehook = unraisable
