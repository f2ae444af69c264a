class C:
    def __getattr__(self, name):
        print("getattr", name)
        if name == "no":
            raise AttributeError("none of that")
        return name.upper()

    def __setattr__(self, name, value):
        print("setattr", name)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        print("delattr", name)
        object.__delattr__(self, name)


c = C()
c.x = 1
print(c.x, c.y, hasattr(c, "no"), getattr(c, "no", "default"))
del c.x
print(c.x)
