class D(dict):
    def __missing__(self, key):
        return key * 2


print(D()["ab"], D(a=1)["a"], D().get("x"))


class F:
    def __format__(self, spec):
        return f"<{spec}>"

    def __str__(self):
        return "str"


print(f"{F()}", f"{F():abc}", f"{F()!s}", "{:>{}}".format("x", 3), format(F(), "q"))
