class Single:
    made = None

    def __new__(cls, *args):
        print("new", args)
        if cls.made is None:
            cls.made = super().__new__(cls)
        return cls.made

    def __init__(self, *args):
        print("init", args)


print(Single(1) is Single(2))


class Text(str):
    def __new__(cls, value):
        return super().__new__(cls, value * 2)


print(Text("ab"), type(Text("ab")).__name__, len(Text("ab")))


class Wrong:
    def __init__(self):
        return 1


try:
    Wrong()
except TypeError as error:
    print(error)
