import sys

x = object()
print(sys.getrefcount(x))
y = x
print(sys.getrefcount(x))
l = [x, x]
print(sys.getrefcount(x))
d = {"k": x}
t = (x,)
s = {x}
print(sys.getrefcount(x))
del y, l
print(sys.getrefcount(x))
d.clear()
t = s = None
print(sys.getrefcount(x))
