"""A global declaration in a function makes the name one of the globals at the top of the file, too."""
outer, inner = {}, {}
exec("""
def f():
    y = 1
    def g():
        global y
        return y
    def h():
        return y + 1
    return g, h
y = 9
g, h = f()
print(g(), h())
z = 3
""", outer, inner)
print("y" in outer, "y" in inner, "z" in outer, "z" in inner)
try:
    dict(**{1: 2}, **{1: 3})
except TypeError as e:
    print(e)
