# What classes add to the size of their instances, and where dict and weak list lie: those of CPython.
import collections
import enum
import sys
import weakref


def show(name, *objs):
    for i, o in enumerate(objs):
        t = type(o)
        print(name, i, sys.getsizeof(o), o.__sizeof__(), t.__basicsize__, t.__itemsize__, t.__dictoffset__, t.__weakrefoffset__)
def try_(name, make):
    try: show(name, *make())
    except Exception as e: print(name, type(e).__name__, e)
samples = {
 tuple: [(), (1,), (1,2), tuple(range(7))],
 bytes: [b'', b'a', b'abcdefg', b'abcdefgh'*5],
 int: [0, 1, -5, 1<<30, -(1<<60), 1<<1000],
 str: ['', 'a', 'é', '\u20ac', '\U0001F600', 'abcdefgh'*4],
 float: [1.5], complex: [1j], list: [[], [1,2,3]], dict: [{}], set: [set(), {1,2,3}],
 frozenset: [frozenset(), frozenset((1,2))], bytearray: [b'', b'abc'],
 BaseException: ['a'], Exception: ['a'], OSError: [''], ValueError: [''], KeyError: [1], StopIteration: [1],
 SystemExit: [1], ImportError: ['x'], SyntaxError: ['x'], NameError: ['x'], AttributeError: ['x'],
 staticmethod: [len], classmethod: [len], property: [len], enumerate: [()],
}
for base, values in samples.items():
    n = base.__name__
    if not values: continue
    def fill(c): return [c(v) for v in values]
    def plain(): 
        class C(base): pass
        return fill(C)
    def empty():
        class C(base): __slots__ = ()
        return fill(C)
    def dictslot():
        class C(base): __slots__ = ('__dict__',)
        return fill(C)
    def weakslot():
        class C(base): __slots__ = ('__weakref__',)
        return fill(C)
    def bothslot():
        class C(base): __slots__ = ('__weakref__','__dict__')
        return fill(C)
    def memberslot():
        class C(base): __slots__ = ('a','b')
        return fill(C)
    def sub():
        class C(base): pass
        class D(C): pass
        return fill(D)
    def subslots():
        class C(base): __slots__ = ()
        class D(C): pass
        return fill(D)
    def subslots2():
        class C(base): pass
        class D(C): __slots__ = ('a',)
        return fill(D)
    def subslots3():
        class C(base): pass
        class D(C): __slots__ = ()
        return fill(D)
    def mixin():
        class M: pass
        class D(M, base): pass
        return fill(D)
    def mixin2():
        class M: __slots__ = ()
        class D(M, base): __slots__ = ()
        return fill(D)
    def mixin3():
        class M: pass
        class D(base, M): __slots__ = ()
        return fill(D)
    def generic():
        class D(base, metaclass=type('Meta', (type,), {})): x = 1
        return fill(D)
    def withattr():
        class C(base): pass
        r = fill(C)
        for x in r: x.a = 1; x.b = 2
        return r
    for f in (plain, empty, dictslot, weakslot, bothslot, memberslot, sub, subslots, subslots2, subslots3, mixin, mixin2, mixin3, generic, withattr):
        try_(n + ' ' + f.__name__, f)
P = collections.namedtuple('P', 'x y'); try_('nt', lambda: [P(1,2)])
class Q(P): pass
try_('ntsub', lambda: [Q(1,2)])
class Q(P): __slots__ = ()
try_('ntsub0', lambda: [Q(1,2)])
class Color(enum.Enum): RED = 1
try_('enum', lambda: [Color.RED, Color])
class Color(enum.IntEnum): RED = 1; BIG = 1<<70
try_('intenum', lambda: [Color.RED, Color.BIG])
class Color(enum.IntFlag): RED = 1; BIG = 1<<70
try_('intflag', lambda: [Color.RED, Color.BIG])
class Color(str, enum.Enum): RED = 'abc'
try_('strenum', lambda: [Color.RED])
class Color(tuple, enum.Enum): RED = 1,2
try_('tupenum', lambda: [Color.RED])
try_('bool', lambda: [True])
class A: pass
class B(A): __slots__ = ('x',)
class C(A): __slots__ = 'x', 'y'
class D: __slots__ = 'x', '__dict__'
class E: __slots__ = 'x', '__weakref__'
class F(E): pass
for k in (A,B,C,D,E,F): try_('obj ' + k.__name__, lambda: [k()])
class W(weakref.ref): pass
class W2(weakref.ref): __slots__ = 'a',
class W3(weakref.ref): __slots__ = ()
a = A()
try_('weak', lambda: [W(a), W2(a), W3(a)])
