import sys


def f(a):
    return sys.getrefcount(a)


def g(a, b):
    return sys.getrefcount(a)


def keep(a):
    return lambda: a


x = []
print(sys.getrefcount(x), f(x), g(x, x), f([]), f(a=x), f(*[x]))
k = keep(x)
print(sys.getrefcount(x))
del k
print(sys.getrefcount(x))
m = x.append
print(sys.getrefcount(x))
m = None
for i in x, x:
    pass
print(sys.getrefcount(x))
