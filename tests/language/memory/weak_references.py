import weakref


class C:
    pass


c = C()
r = weakref.ref(c, lambda ref: print("callback", ref is r))
print(r() is c, weakref.getweakrefcount(c))
p = weakref.proxy(c)
p.x = 5
print(c.x, p.x)
del c
print(r())
try:
    p.x
except ReferenceError as error:
    print(error)
try:
    weakref.ref(5)
except TypeError as error:
    print(error)
