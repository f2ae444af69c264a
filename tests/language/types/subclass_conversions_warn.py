# Conversions that return instances of subclasses, and what else is deprecated, warn through the warnings module.
import operator
import warnings


class Whole(int):
    pass


class Real(float):
    pass


class Complicated(complex):
    pass


class Odd:
    def __index__(self):
        return True

    def __int__(self):
        return Whole(3)

    def __float__(self):
        return Real(2.5)

    def __complex__(self):
        return Complicated(1j)


class Truncated:
    def __trunc__(self):
        return 7


class Other(float):
    def __float__(self):
        return 42.0


class Wrong(float):
    def __float__(self):
        return 42


for function, argument in (
    (operator.index, Odd()), (int, Odd()), (float, Odd()), (complex, Odd()), (int, Truncated()),
    (bool, NotImplemented), (float, Other(1)), (float, Wrong(1)), ([1, 2].__getitem__, Odd()),
):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function(argument)
            print(result, type(result).__name__)
        except TypeError as error:
            print(error)
    for warning in caught:
        print(warning.category.__name__, warning.message)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        int(Odd())
    except DeprecationWarning as error:
        print(error)
    try:
        compile("x is 1", "somewhere", "exec")
    except SyntaxError as error:
        print(error.msg, error.filename, error.lineno, error.offset)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    compile("\nassert (1, 'text')", "somewhere", "exec")
print([(str(warning.message), warning.filename, warning.lineno) for warning in caught])
