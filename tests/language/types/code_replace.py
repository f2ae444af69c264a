# Code objects can be copied with other names, constants and places.
def double(number, factor=2):
    scale = 10
    return number * factor + scale


code = double.__code__
print(code.replace(co_name="triple") == code, code == double.__code__)
other = code.replace(co_name="other", co_qualname="module.other", co_filename="elsewhere.py", co_firstlineno=100)
print(other.co_name, other.co_qualname, other.co_filename, other.co_firstlineno, code.co_name, code.co_firstlineno)
double.__code__ = other
print(double(4), double.__name__)
constants = tuple(1000 if constant == 10 else constant for constant in code.co_consts)
double.__code__ = code.replace(co_consts=constants)
print(double(4))
double.__code__ = code.replace(co_varnames=("a", "b", "c"))
print(double(4), double(a=1, b=5))


def failing():
    raise ValueError("here")


failing.__code__ = failing.__code__.replace(co_firstlineno=500)
try:
    failing()
except ValueError as error:
    print(error.__traceback__.tb_next.tb_lineno)
for changes in ({"foo": 1}, {"co_name": 5}, {"co_consts": [1]}, {"co_names": 5}):
    try:
        code.replace(**changes)
    except TypeError as error:
        print(type(error).__name__)
