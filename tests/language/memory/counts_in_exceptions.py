import sys

x = []


def f(a):
    raise ValueError(a)


try:
    f(x)
except ValueError as error:
    print(sys.getrefcount(x))
print(sys.getrefcount(x))
try:
    f(x)
except ValueError as error:
    kept = error
print(sys.getrefcount(x))
kept.__traceback__ = None
print(sys.getrefcount(x))
del kept
print(sys.getrefcount(x))
