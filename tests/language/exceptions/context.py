def chain():
    try:
        1 / 0
    except ZeroDivisionError as first:
        try:
            {}["x"]
        except KeyError as second:
            return first, second


first, second = chain()
print(repr(second.__context__), second.__context__ is first, second.__cause__, second.__suppress_context__)
try:
    try:
        raise ValueError("v")
    except ValueError as error:
        raise TypeError("t") from error
except TypeError as error:
    print(repr(error.__cause__), error.__suppress_context__)
try:
    try:
        raise ValueError("v")
    except ValueError:
        raise TypeError("t") from None
except TypeError as error:
    print(error.__cause__, repr(error.__context__), error.__suppress_context__)
