"""A StopIteration of Python code goes through the iterators over it with its value."""


class Ending:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration(42)


def attempt(name, iterator):
    try:
        next(iterator)
    except StopIteration as stop:
        print(name, stop.args)


attempt("enumerate", enumerate(Ending()))
attempt("map", map(str, Ending()))
attempt("map of two", map(max, [1], Ending()))
attempt("filter", filter(None, Ending()))
attempt("zip", zip(Ending()))
attempt("zip strict", zip(Ending(), [], strict=True))


def delegate():
    print("result", (yield from enumerate(Ending())))


print(list(delegate()), sum(Ending()), list(zip([1], Ending())))
