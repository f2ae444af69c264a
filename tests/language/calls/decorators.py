def twice(f):
    print("decorating", f.__name__)
    return lambda *a: (f(*a), f(*a))


def tagged(tag):
    print("tag", tag)

    def decorate(f):
        f.tag = tag
        return f
    return decorate


@tagged("outer")
@twice
def hello(x):
    return x


print(hello(1), hello.tag)


@tagged("class")
class C:
    pass


print(C.tag)
