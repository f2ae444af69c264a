class A: pass
class A(): pass
@a
@b
class A(B, *c, metaclass=D, **e):
    x = 1

    def f(self): pass
