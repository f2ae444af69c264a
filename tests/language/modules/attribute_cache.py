import math, sys, types
def f():
    out = []
    for i in range(6):
        if i == 3: math.tau = 7
        if i == 4: del math.tau
        try: out.append(math.tau)
        except AttributeError as e: out.append(str(e))
        out.append(math.floor(2.5))
    return out
print(f())
m = types.ModuleType('m')
m.g = lambda x: x + 1
def h(): return m.g(1)
print(h(), h())
m.g = lambda x: x + 10
print(h())
m.other = 5
print(h())
del m.g
try: h()
except AttributeError as e: print(e)
m.__getattr__ = lambda name: (lambda x: (name, x))
print(h())
m.g = 3
try: h()
except TypeError as e: print(e)
class M(types.ModuleType):
    @property
    def g(self): return lambda x: ('property', x)
m.__class__ = M
print(h())
for o in (math, m, math):
    print(sys.getrefcount(o.__name__) > 0, o.__name__)
def names(o): return o.__name__, o.__doc__ is None
print(names(m), names(types)[0], names(m), names(int))
