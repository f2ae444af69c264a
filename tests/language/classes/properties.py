class C:
    def __init__(self):
        self._x = 0

    @property
    def x(self):
        "the x"
        return self._x

    @x.setter
    def x(self, value):
        self._x = value

    @x.deleter
    def x(self):
        self._x = None

    @property
    def fixed(self):
        return 1


c = C()
c.x = 5
print(c.x, C.x.__doc__)
del c.x
print(c.x)
for action in (lambda: setattr(c, "fixed", 2), lambda: delattr(c, "fixed")):
    try:
        action()
    except AttributeError as error:
        print(error)
