def decorated():
    pass


@decorated
def outer(a, /, b=1, *args, c: int = 2, d, **rest) -> str:
    "documentation"
    total = b

    def inner(x=a):
        nonlocal total
        total += x
        return lambda y: y + total

    global shared
    shared = inner
    del total
    return inner


def generator(n):
    received = yield n
    yield
    result = yield from received
    return result


def delegate():
    yield from range(3)


def comprehensions(rows):
    a = [x * y for x in rows if x for y in x if y > 1]
    b = {k: v for k, v in rows}
    c = {last := x for x in rows}
    d = (x for [x] in rows for y in [x + 1])
    return a, b, c, d, last
