"""Aliases with a star in them are copied with the star."""

import copy

inner = next(iter(tuple[int, ...]))
outer = tuple[str, inner]
for alias in (inner, outer):
    for made in (copy.copy(alias), copy.deepcopy(alias)):
        print(made, made == alias, made.__unpacked__)
print(inner.__reduce__()[0] is next, list(copy.copy(iter(tuple[int]))), type(...).__name__)
for singleton in (None, ..., NotImplemented):
    try:
        type(singleton)(1)
    except TypeError as error:
        print(error)
