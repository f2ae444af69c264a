def f(a, /, b, *rest, c, d=4, **more):
    return a, b, rest, c, d, more


print(f(1, 2, c=3))
print(f(1, 2, 3, 4, c=5, d=6, e=7))
print(f(1, b=2, c=3, a=4))


def only_keywords(*, x, y=2):
    return x, y


print(only_keywords(x=1))
print(f.__defaults__, f.__kwdefaults__, f.__code__.co_argcount, f.__code__.co_posonlyargcount)
