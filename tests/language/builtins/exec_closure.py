# exec() of code with free variables takes their cells.
def outer():
    count = 1

    def inner():
        nonlocal count
        count += 1
        print("counted", count)
    return inner


inner = outer()
cells = inner.__closure__
print(exec(inner.__code__, closure=cells), cells[0].cell_contents)
exec(inner.__code__, {"print": lambda *rest: print("other print", rest)}, closure=cells)
for keywords in ({}, {"closure": ()}, {"closure": (1,)}, {"closure": 5}, {"closure": None}, {"closure": list(cells)}):
    try:
        exec(inner.__code__, **keywords)
    except TypeError as error:
        print(error)
try:
    exec("1", closure=())
except TypeError as error:
    print(error)
try:
    exec((lambda: 0).__code__, closure=cells)
except TypeError as error:
    print(error)
