"""SyntaxErrors made by hand are shown; a view that is released while it is indexed; what has no deletable dict."""
import sys

sys.stderr = sys.stdout
for a in [("bad.py", 1, 2, "abcdefg", 1, 7),("bad.py", 1, 2, "abcdefg", 1, 3),("bad.py", 1, 2, "abcdefg", 1, -2),("bad.py", 1, 4, "abcdefg", 1, 2),("bad.py", 1, -4, "abcdefg", 1, -2),("bad.py", 1, -4, "abcdefg", 1, -5),("bad.py", 1, 0, "abcdefg", 1, 0),("bad.py", 1, 0, "abcdefg", 1, 5),("bad.py", 1, 2, "abcdefg", 1, 100),("bad.py", 1, 2, "abcdefg", 1, None),("bad.py", 1, 2, "abcdefg"),("bad.py", None, 2, "abcdefg"),(None, 1, 2, "abcdefg"),("bad.py", 1, None, "abcdefg"),("bad.py", 1, 2, None),("bad.py", 1, 100, "abc"), ("bad.py", 1, 2, "  abcdefg\n", 1, 7), ("bad.py", 1, 2, "", 1, 7), ("bad.py", 1, 2, "abc", 2, 3),("bad.py", 1, 2, "é€𐍈d", 1, 4)]:
    try: raise SyntaxError("bad bad", a)
    except SyntaxError as e: sys.excepthook(SyntaxError, e.with_traceback(None), None); print(a, repr(e), e.end_offset, file=sys.stderr)
for a in [(1,2), ("a",), (1,2,3,4,5), (1,2,3,4,5,6,7), "ab", 5]:
    try: raise SyntaxError("bad", a)
    except BaseException as e: print(type(e).__name__, e, file=sys.stderr)
size = 16
class MyIndex:
    def __index__(self):
        m.release(); return 4
class MyFloat:
    def __float__(self): m.release(); return 4.25
class MyBool:
    def __bool__(self): m.release(); return True
def t(f):
    try: print(f(), file=sys.stderr)
    except BaseException as e: print(type(e).__name__, e, file=sys.stderr)
def mk(c='B', *a):
    global m
    m = memoryview(bytearray(b'\xff'*size)).cast(c, *a) if c != 'B' or a else memoryview(bytearray(b'\xff'*size))
mk(); t(lambda: m[MyIndex()])
mk(); t(lambda: list(m[:MyIndex()]))
mk(); t(lambda: list(m[MyIndex():8]))
mk('B', (8, 2)); t(lambda: m[MyIndex(), 0])
mk('B', (2, 8)); t(lambda: m[0, MyIndex()])
mk(); t(lambda: m.__setitem__(MyIndex(), 42))
mk(); t(lambda: m.__setitem__(slice(None, MyIndex()), b'abcd'))
mk(); t(lambda: m.__setitem__(slice(MyIndex(), 8), b'abcd'))
mk('B', (8, 2)); t(lambda: m.__setitem__((MyIndex(), 0), 42))
for f in 'bBhHiIlLqQ':
    mk(f) if f != 'B' else mk()
    t(lambda: m.__setitem__(0, MyIndex()))
mk('f'); t(lambda: m.__setitem__(0, MyFloat()))
mk('d'); t(lambda: m.__setitem__(0, MyFloat()))
mk('?'); t(lambda: m.__setitem__(0, MyBool()))
mk('c') ; t(lambda: m.__setitem__(0, 1))
class Base: pass
class Meta1(type, Base): pass
class Meta2(Base, type): pass
class D(object, metaclass=Meta1): pass
class E(object, metaclass=Meta2): pass
def cant(x):
    t(lambda: setattr(x, '__dict__', {}))
    t(lambda: delattr(x, '__dict__'))
    t(lambda: Base.__dict__['__dict__'].__set__(x, {}))
for c in D, E: cant(c)
import types
class M1(types.ModuleType, Base): pass
class M2(Base, types.ModuleType): pass
for c in M1, M2: cant(c('m'))
class E1(Exception, Base): pass
class E2(Base, Exception): pass
for c in E1, E2:
    e = c(); e.a = 1; t(lambda: setattr(e, '__dict__', None)); t(lambda: setattr(e, '__dict__', {'b': 2})); t(lambda: e.b); t(lambda: delattr(e, '__dict__')); t(lambda: e.__dict__)
class M(type):
    def mro(cls):
        if hasattr(cls, 'lst'): return cls.lst
        return super().mro()
class A(metaclass=M): pass
class B(A): pass
B.lst = [B, A, object]
class DebugM(type):
    def mro(cls): return ()
t(lambda: DebugM('X', (), {}))
class C1:
    __slots__ = ()
    def __getnewargs__(self): return ('a',)
    def __getnewargs_ex__(self): return (('b',), {'k': 1})
for p in (2, 3, 4): t(lambda: [getattr(x, '__name__', x) for x in C1().__reduce_ex__(p)])
