def inner():
    x = yield 1
    print("inner got", x)
    yield 2
    return "result"


def outer():
    r = yield from inner()
    print("r =", r)
    yield from [3, 4]
    return 5


it = outer()
print(next(it), it.send("s"))
print(list(it))
it = inner()
next(it)
next(it)
try:
    next(it)
except StopIteration as stop:
    print(stop.value)


def raises():
    yield 1
    raise StopIteration("no")


try:
    list(raises())
except RuntimeError as error:
    print(error, repr(error.__cause__))
