x = "global"


class C:
    x = "class"
    seen = x
    listed = [x for _ in range(1)]

    def method(self):
        return x


print(C.seen, C.listed, C().method())


def f():
    x = "function"

    class D:
        y = x
        def get(self):
            return x
    return D.y, D().get()


print(f())
