def f():
    x = 1
    del x
    return x


def g():
    print(y)
    y = 1


def h():
    del never
    never = 1


for function in (f, g, h):
    try:
        function()
    except UnboundLocalError as error:
        print(error)
z = 1
del z
try:
    z
except NameError as error:
    print(error)
l = [1, 2, 3, 4]
del l[0], l[1:]
print(l)
del (l)
