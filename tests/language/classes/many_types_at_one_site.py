# One attribute access that meets objects of several types, with values, members, defaults, properties and dicts.
class Plain:
    shared = "plain class"

    def __init__(self, value):
        self.value = value


class Reordered:
    shared = "other class"

    def __init__(self, value):
        self.other = None
        self.value = value


class Slotted:
    __slots__ = ("value", "shared")

    def __init__(self, value):
        self.value = value
        self.shared = "slot"


class Computed:
    shared = "computed class"

    def __init__(self, value):
        self._value = value

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = ("set", value)


class Late:
    shared = "late class"


class Noisy:
    def __del__(self):
        print("dropped", self.name)


def read(thing):
    try:
        return thing.value
    except AttributeError as error:
        return str(error)


def write(thing, value):
    thing.value = value


with_dict = Plain(5)
with_dict.__dict__["shared"] = "own"
own = Plain(6)
own.shared = "own value"
things = [Plain(1), Reordered(2), Slotted(3), Computed(4), with_dict, Late(), own]
for _ in range(3):
    print([read(thing) for thing in things])
    print([thing.shared for thing in things])
    for number, thing in enumerate(things):
        write(thing, number)
del things[0].value
print(read(things[0]), list(things[1].__dict__), list(things[5].__dict__))

first, second = Plain(Noisy()), Reordered(Noisy())
first.value.name, second.value.name = "first", "second"
for thing in (first, second, first):
    write(thing, None)
    print("written", thing.value)
