import sys


class C:
    def method(self):
        return sys.getrefcount(self)


c = C()
x = []
c.x = x
print(sys.getrefcount(x), sys.getrefcount(c), c.method())
b = c.method
print(sys.getrefcount(c))
c.me = c
print(sys.getrefcount(c))
del c.me, b
print(sys.getrefcount(c))
C.shared = x
print(sys.getrefcount(x))
c.x = None
print(sys.getrefcount(x))
