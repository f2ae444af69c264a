funcs = [lambda: i for i in range(3)]
print([f() for f in funcs])


def outer():
    def inner():
        return late
    late = "bound later"
    return inner()


print(outer())
