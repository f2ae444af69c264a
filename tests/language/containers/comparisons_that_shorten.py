# A comparison of items can shorten the lists that are compared.
class Clears:
    def __init__(self, *rows):
        self.rows = rows

    def __eq__(self, other):
        for row in self.rows:
            row().clear()
        return NotImplemented


first = [Clears(lambda: second)]
second = [Clears(lambda: first)]
print(first == second, first, second)
first = [Clears(lambda: first), 1]
second = [0, 1]
print(first == second, first < [1], second)
print(bytes(type("Text", (str,), {"__bytes__": lambda self: b"own"})("€")))
array = bytearray(b"ab")


class BadHint:
    def __iter__(self):
        return iter([1])

    def __length_hint__(self):
        raise RuntimeError("no hint")


try:
    array.extend(BadHint())
except RuntimeError as error:
    print(error, array)
def f(): pass
for thing in (f, ValueError(), classmethod(f)):
    try:
        del thing.__dict__
    except TypeError as error:
        print(error)


class Mixed(int):
    __eq__ = str.__eq__
    __add__ = str.__add__


try:
    Mixed() == Mixed()
except TypeError as error:
    print(error)
try:
    Mixed() + Mixed()
except TypeError as error:
    print(error)


class Bound:
    def method(self, value="none"):
        return value


class Holder:
    bound = classmethod(Bound().method)


print(Holder.bound(), Holder().bound())
print(list.__text_signature__, float.__text_signature__, object.__text_signature__, int.__text_signature__)
