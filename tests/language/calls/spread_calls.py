"""Spread calls: what is counted while they run, what fails, and how many arguments there may be."""
import sys
def f(*a,**k): return sys.getrefcount(a[0]) if a else None
def g(a,b=1,*,c=2): return sys.getrefcount(a),b,c
def h(*a,**k): return g(*a,**k)
x=[]
print(f(*[x]), f(*(x,)), g(*[x]), g(*[x],**{'b':3}), g(*[x],**{'c':5}), h(x), h(x,c=4), h(x,5,c=4))
t=(x,)
print(f(*t), sys.getrefcount(t), sys.getrefcount(x))
def gen(*a):
    yield sys.getrefcount(a[0])
print(list(gen(*[x])), sys.getrefcount(x))
def boom(*a,**k): raise ValueError(a)
for i in range(3):
    try: boom(*[x],**{'z':x})
    except ValueError as e: print(len(e.args))
print(sys.getrefcount(x))
try: g(*[1,2,3])
except TypeError as e: print(e)
try: g(*[1],**{'q':3})
except TypeError as e: print(e)
try: g(*[],**{'a':3, 5:1})
except TypeError as e: print(e)
try: g(**{'b':3})
except TypeError as e: print(e)
print(f(*map(str, range(1000, 4000))))
print(len((lambda *a: a)(*range(30000))))
class A:
    def __init__(s,*a): s.a=a
    def m(self,*a,**k): return (a,k)
print(A(*[1,2]).a, A().m(*[1],**{'k':2}))
def rec(n,*a): return 0 if n==0 else 1+rec(n-1,*a)
print(rec(900,1,2,3))
try: rec(10**6,1)
except RecursionError as e: print(e)
def who(*a,**k): return sys._getframe(1).f_lineno
print(who(*[1]))
import gc
class D:
    def __del__(self): print('del')
def use(d,*r): d=None; return 5
print(use(*[D()]))
print(use(D()))
