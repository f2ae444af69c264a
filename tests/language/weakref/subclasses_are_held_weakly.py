# A class holds weak references to its subclasses, in a dict that no visit shows; names of members stand in a tuple.
import weakref, gc, sys
class A: pass
class B(A): pass
print(weakref.getweakrefcount(B), weakref.getweakrefs(B)[0] is weakref.ref(B), sys.getrefcount(weakref.ref(B)))
class C(A, list): pass
print(weakref.getweakrefcount(C), sys.getrefcount(weakref.ref(C)))
r = weakref.ref(B, lambda r: print('cb', A.__subclasses__()))
del B
print(gc.collect() > 0)
print(A.__subclasses__())
gc.collect()
d = [o for o in gc.get_objects() if type(o) is dict and any(type(v) is weakref.ref and v() is C for v in o.values())]
print(all(gc.get_referrers(x) == [d] for x in d), any(list(x) == [id(C)] or id(C) in x for x in d))
print(gc.get_referrers(weakref.ref(C)) and len(gc.get_referrers(weakref.ref(C))))
print([type(x).__name__ for x in gc.get_referents(A)])
def f():
    class P: pass
    class Q(P): pass
for i in range(3): f(); print(gc.collect())
class S: __slots__ = 'b', 'a'
t = [o for o in gc.get_objects() if type(o) is tuple and o == ('a', 'b')]
print(len(t), len(gc.get_referrers(t[0])))
class X(A): pass
class Y(A): pass
X.__bases__ = Y,
print(A.__subclasses__(), Y.__subclasses__(), weakref.getweakrefcount(X))
