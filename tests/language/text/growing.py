# A text that grows by += in a local stays the value it was for whoever else holds it.
import sys


def grow(n):
    text = ""
    held = []
    for i in range(n):
        text += str(i % 10)
        if i % 7 == 0:
            held.append(text)
    return text, held


text, held = grow(40)
print(text, sys.getsizeof(text) == sys.getsizeof("x" * 40))
print(all(text.startswith(part) for part in held), [len(part) for part in held])


def alias():
    first = "ab" * 3
    second = first
    first += "c"
    return first, second


print(alias())


def doubled(text):
    text = text + "!"
    text += text
    text += text
    return text


print(doubled("ab"))


def hashed():
    text = "".join(["x", "y"])
    table = {text: 1}
    text += "z"
    return text, table, table[text[:2]]


print(hashed())


def widths():
    text = "".join(["a", "b"])
    sizes = []
    for more in ["c", "é", "d", "€", "e", "\U0001f40d", "f", ""]:
        text += more
        sizes.append((text, sys.getsizeof(text)))
    return sizes


print(widths())


def constant():
    text = "const"
    text += "ant"
    return text, "const"


print(constant(), constant())


def one():
    text = ""
    text += "a"
    return text is "".join(["a"]), text


print(one())


def unbound():
    text += "a"


try:
    unbound()
except UnboundLocalError as error:
    print(error)


def refused(text):
    try:
        text += 1
    except TypeError as error:
        return text, str(error)


print(refused("a" * 3))


class Loud(str):
    def __add__(self, other):
        return "loud"

    __radd__ = __add__


def loud():
    text = "".join(["a", "b"])
    text += Loud("c")
    other = Loud("c")
    other += "d"
    return text, other


print(loud())


def seen_by_generator():
    text = "".join(["a", "b"])
    def inner():
        return text
    before = inner()
    text += "c"
    return before, inner()


print(seen_by_generator())


def after(value, text):
    text += value()
    return text


print(after(lambda: "x", "".join(["p", "q"])))
