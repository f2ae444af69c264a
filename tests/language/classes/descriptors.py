class Watched:
    def __set_name__(self, owner, name):
        print("named", name, "in", owner.__name__)
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        print("get", self.name)
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        print("set", self.name, value)
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        print("delete", self.name)
        del instance.__dict__[self.name]


class Quiet:
    def __get__(self, instance, owner):
        return "from the class"


class C:
    x = Watched()
    y = Quiet()


c = C()
c.x = 1
print(c.x, type(C.x).__name__)
del c.x
print(c.y)
c.y = "own"
print(c.y)
