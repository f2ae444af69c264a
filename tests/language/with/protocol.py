class CM:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, *info):
        print("exit", self.name, info[0].__name__ if info[0] else None)
        return self.swallow


with CM("a") as a, CM("b", True) as b:
    print(a.name, b.name)
    raise ValueError
print("after")


def f():
    for i in range(2):
        with CM(i):
            if i:
                return "returned"
            continue


print(f())
try:
    with 5:
        pass
except TypeError as error:
    print(error)


class Half:
    def __enter__(self):
        pass


try:
    with Half():
        pass
except TypeError as error:
    print(error)
with (CM("p"), CM("q") as q):
    pass
