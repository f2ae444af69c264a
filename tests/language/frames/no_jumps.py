"""A frame is not made to go on elsewhere; what generic aliases and unions can do."""
import sys
import types


def show(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


frame = sys._getframe()
show(lambda: setattr(frame, "f_lineno", 5))
show(lambda: setattr(frame, "f_lineno", "a"))
show(lambda: delattr(frame, "f_lineno"))

for source in ("list[int][str]", "list[()]", "list[int](1, 2)", "list[int].append", "list[int, ...]", "list['a']",
               "list[int].__mro_entries__(())", "issubclass(list, list[int])", "list[int].zz", "setattr(list[int], 'zz', 1)",
               "tuple[()]", "types.GenericAlias(list)", "types.GenericAlias(1, 2)", "list[int].__class__",
               "[x for x in dir(list[int]) if x not in dir(list)]", "int | 1", "1 | int", "None | int", "int | 'a'",
               "int | int", "(int | str) == (str | int)", "(int | str)()", "(int | str).zz", "types.UnionType()",
               "int | bool | int", "(int | str) < (int | str)", "int | []", "(int | str) | None | int"):
    print(source, end=": ")
    show(lambda: eval(source))
