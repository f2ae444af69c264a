a = [1]
print(id(a) == id(a), a is a, [1] is [1], () is (), "" is "")
x = 256
y = int("256")
print(x is y, int("257") is int("257"))
s = "".join(["h", "i"])
import sys

print(s is "hi", sys.intern(s) is sys.intern("hi"), True is (1 == 1), None is None)
before = id(a)
a += [2]
print(id(a) == before)
n = 1000
before = id(n)
n += 1
print(id(n) == before)
