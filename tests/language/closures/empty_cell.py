def outer():
    def inner():
        return missing
    if False:
        missing = 1
    return inner


try:
    outer()()
except NameError as error:
    print(error)
try:
    outer().__closure__[0].cell_contents
except ValueError as error:
    print(error)
