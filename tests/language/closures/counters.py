def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n
    return step


a, b = counter(), counter()
print(a(), a(), b())
print(a.__closure__[0].cell_contents, a.__code__.co_freevars, counter.__code__.co_cellvars)
