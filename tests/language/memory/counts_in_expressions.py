import sys

x = []


def rebind():
    global x
    old = sys.getrefcount(x)
    x = [1]
    return [old]


print(x + rebind(), x)
print([sys.getrefcount(x), sys.getrefcount(x)])
print((x, x, sys.getrefcount(x))[2])
print({1: x, 2: sys.getrefcount(x)}[2])
y = x if x else None
print(sys.getrefcount(x), [sys.getrefcount(z) for z in [x]], sys.getrefcount(x[:]))
a = b = x
print(sys.getrefcount(x))
a, b = b, a
print(sys.getrefcount(x))
