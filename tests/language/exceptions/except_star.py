"""except* splits a group; what is left and what bodies raise goes on together."""

try:
    try:
        raise ExceptionGroup("eg", [ValueError(1), TypeError(2), ExceptionGroup("n", [ValueError(3), KeyError(4)])])
    except* ValueError as e:
        print(repr(e))
    except* TypeError as e:
        print(repr(e))
        raise OSError(5)
except BaseException as e:
    print(repr(e), repr(e.__context__))
try:
    raise ValueError(7)
except* ValueError as e:
    print(repr(e))
for i in range(2):
    try:
        try: raise ValueError(7)
        except* KeyError as e: print("no")
        finally: print("fin")
    except ValueError as e: print(repr(e))
try:
    pass
except* ValueError: pass
else: print("else")
finally: print("fin")
try:
    try: raise ExceptionGroup("a", [KeyError(1)])
    except* 5: pass
except TypeError as e: print(e, repr(e.__context__))
try:
    try:
        raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
    except* (TypeError, ValueError) as e:
        raise SyntaxError(3)
except BaseException as e:
    print(repr(e), repr(e.exceptions[0].__context__))
