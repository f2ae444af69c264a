# Classes of which instances have items: which can be mixed, and which can be exchanged for each other.


def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)
for base in (tuple, int, bytes, float, str):
    def a():
        class A(base): pass
        class B(base): pass
        class C(A, B): pass
        return C.__base__.__name__
    def b():
        class A(base): pass
        class B(base): __slots__ = ()
        class C(B, A): pass
        return C.__base__.__name__, C.__basicsize__
    def c():
        class A(base): pass
        class B(A): pass
        class C(A): pass
        class D(B, C): pass
        return D.__base__.__name__, D.__basicsize__
    def d():
        class A(base): pass
        class B(base): pass
        x = A(); x.__class__ = B
        return type(x).__name__
    def e():
        class A(base): pass
        class B(base): __slots__ = '__dict__',
        x = A(); x.__class__ = B
        return type(x).__name__
    def f():
        class A(base): pass
        class B(base): __slots__ = ()
        x = A(); x.__class__ = B
        return type(x).__name__
    def g():
        class A(base): pass
        class B(A): pass
        class E(A): pass
        x = B(); x.q = 1; x.__class__ = E
        return type(x).__name__, x.q
    def h():
        class M: pass
        class A(M, base): pass
        class B(base): pass
        class E(A, B): pass
        return E.__base__
    def i():
        class A(base): pass
        class B(base): pass
        class X(A): pass
        X.__bases__ = B,
        return X.__mro__[1].__name__
    def j():
        class A(base): pass
        class E(A, base): pass
        return E.__base__.__name__
    for f_ in (a,b,c,d,e,f,g,h,i,j): t(f_)


class Followed:
    pass


class Bare:
    __slots__ = ()


class Counted(int):
    pass


class AlsoCounted(int):
    pass


class One:
    __slots__ = ("one",)


class Two:
    __slots__ = ("two", "more")


for kind, bases in [(Followed, (Counted,)), (AlsoCounted, (Counted,)), (Bare, (Followed,)), (Followed, (One,)),
                    (type("Derived", (Followed,), {}), (object,)), (type("Slotted", (One,), {}), (Two,))]:
    try:
        kind.__bases__ = bases
    except TypeError as error:
        print(error)
for thing, kind in [(Followed(), Bare), (Bare(), Followed), (One(), Two), (One(), Followed), (Counted(), Followed)]:
    try:
        thing.__class__ = kind
    except TypeError as error:
        print(error)
