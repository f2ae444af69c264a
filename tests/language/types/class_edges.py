"""Where classes with native bases keep their dict, what binds to a class, and bytes of a subclass."""
import types
class Base(object): pass
class Module1(types.ModuleType, Base): pass
class Module2(Base, types.ModuleType): pass
for M in Module1, Module2:
    x = M("n")
    for name, f in [("set", lambda: setattr(x, "__dict__", {})), ("del", lambda: delattr(x, "__dict__")), ("dset", lambda: Base.__dict__["__dict__"].__set__(x, {})), ("get", lambda: Base.__dict__["__dict__"].__get__(x) is x.__dict__)]:
        try: print(M.__name__, name, f())
        except (AttributeError, TypeError) as e: print(M.__name__, name, type(e).__name__, e)
try: classmethod(5)
except TypeError as e: print(e)
class BS(bytes): pass
class OB(bytes): pass
class A:
    def __bytes__(self): return OB(b"abc")
for f in (lambda: bytes(A()), lambda: BS(A()), lambda: bytes(OB(b"x")), lambda: BS(OB(b"x"))):
    r = f(); print(type(r), r)
class MP:
    def test(self): pass
def f(): pass
f.x = 1
try: ff = classmethod(f); print(ff.__dict__)
except Exception as e: print(e)
class C:
    @classmethod
    def goo(cls): pass
c = C()
cm = C.__dict__['goo']
print(cm.__dict__)
class meta(type):
    def f(cls): pass
for t in (lambda: classmethod(f, kw=1), lambda: classmethod(), lambda: classmethod(1,2), lambda: C.goo.foo):
    try: t(); print("ok")
    except (TypeError, AttributeError) as e: print(e)
ff = classmethod(5)
try: ff.__get__(0)()
except TypeError as e: print(e)
try: ff.__get__(None)
except TypeError as e: print(e)
print(classmethod(f).__get__(0))
