"""WeakMethod."""
import weakref


class A:
    def method(self, x=1):
        return ("method", x)

    def other(self):
        pass


a = A()
calls = []
m = weakref.WeakMethod(a.method, lambda ref: calls.append(ref() is None))
n = weakref.WeakMethod(a.method)
print(m()(5), m == n, m != n, hash(m) == hash(n), m == weakref.WeakMethod(a.other), m == 3)
try:
    weakref.WeakMethod(print)
except TypeError as error:
    print(error)
del a
print(m(), calls, m == n, m == m)
a = A()
m = weakref.WeakMethod(a.method)
print(m() == a.method)
del A.method
print(m())
