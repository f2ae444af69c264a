# In which order the collector tracks what a construct makes: so a collection finds it, and so things die.
import collections
import copy
import functools
import gc
import itertools


class K:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("~" + self.name)


def raises(thing):
    raise ValueError(thing)


def caught():
    try:
        raises([])
    except ValueError as error:
        return error


def suspended(argument):
    def inner():
        return argument

    yield inner


def resumed(argument):
    made = suspended(argument)
    next(made)
    return made


def class_with_slots():
    class C:
        __slots__ = ("a",)

    return C().__reduce_ex__(2)


gc.disable()
gc.collect()
copy.copy(K("first"))
kinds = {"enumerate", "zip", "map", "chain", "partial", "list_iterator", "tuple_iterator", "cell", "generator", "list"}
kinds |= {"function", "traceback", "frame", "ValueError", "FileNotFoundError", "GenericAlias", "K", "tuple"}
for make in (
    lambda: enumerate([[]]),
    lambda: zip([[]], [[]]),
    lambda: map(len, [[]], [[]]),
    lambda: itertools.chain([[]], [[]]),
    lambda: functools.partial(len, [], a=[]),
    lambda: functools.partial(functools.partial(len, []), {}),
    lambda: suspended([]),
    lambda: resumed([]),
    lambda: ValueError([]),
    lambda: FileNotFoundError([]),
    lambda: OSError(2, []),
    lambda: list[int],
    lambda: copy.copy(K([]) if 0 else K("copied")),
    caught,
):
    gc.freeze()
    kept = make()
    new = gc.get_objects()
    print([type(thing).__name__ for thing in new if type(thing).__name__ in kinds and thing is not new])
    del new, kept


# A collection meets the generator first and then what it holds, locals before cells.
def holding():
    yield
    try:
        raises([])
    except ValueError as error:
        for _, held in {"a": error}.items():
            other = K("other")
    else:
        def unused():
            return held
    yield


class Told(list):
    def __del__(self):
        print("~told")


def cycle():
    try:
        raises(Told())
    except ValueError as error:
        yield
        kept = error
        yield (lambda: kept), K("local")


gc.unfreeze()
for make in holding, cycle:
    made = make()
    next(made)
    next(made)
    gc.collect()
    print(gc.is_tracked(made.gi_frame))
    del made
    print("collect", gc.collect() > 0)


def main():
    first = enumerate([K("in the iterator")])
    second = list((K("in the list"),))
    second = [second]
    second[:0] = [first, second]
    gc.collect()


main()
gc.collect()


def partial_with_keywords():
    kept = functools.partial(len, named=K("keyword"), other=[K("other keyword")])
    try:
        raises(Told())
    except ValueError as error:
        held = error, locals()
    gc.collect()


partial_with_keywords()
gc.collect()
for make in (
    lambda: functools.partial(len, [], a=[]),
    lambda: functools.partial(functools.partial(len, [], a=[]), [], b=[]),
    lambda: functools.partial(functools.partial(len, [], a=[]), b=[]),
):
    gc.freeze()
    kept = make()
    new = gc.get_objects()
    print([type(thing).__name__ for thing in new if thing is not new])
    del new, kept
gc.unfreeze()
