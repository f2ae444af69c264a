# Built-in constructors refuse keywords, also those of subclasses that bring no __init__ (or __new__) of their own.
for kind in (tuple, filter, map, zip, reversed, frozenset, set, list, float, int, complex, str, bytes, bytearray):
    class Plain(kind):
        pass

    class Initialised(kind):
        def __init__(self, *args, **kwargs):
            pass
    for made in (kind, Plain, Initialised):
        for arguments in ((), ([1],), (None, [1])):
            try:
                made(*arguments, foo=1)
                print(kind.__name__, made.__name__, arguments, "made")
            except TypeError as error:
                print(kind.__name__, made.__name__, arguments, error)
