import sys


def g(a):
    yield sys.getrefcount(a)
    b = a
    yield sys.getrefcount(a)


x = []
it = g(x)
print(sys.getrefcount(x), next(it), next(it))
print(sys.getrefcount(x))
del it
print(sys.getrefcount(x))
it = (sys.getrefcount(x) for _ in [1])
print(next(it))
i = iter(x)
print(sys.getrefcount(x))
print(list(i), sys.getrefcount(x))
