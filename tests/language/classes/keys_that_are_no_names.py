"""Attribute lookup asks the keys of an instance's __dict__ that are no exact strings whether they are equal."""


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        print("eq", self.name, other)
        return self.name == other


class Thing:
    pass


thing = Thing()
thing.__dict__[Key("first")] = 1
print(thing.first)
print(hasattr(thing, "second"))
thing.first = 2
print(len(thing.__dict__), thing.first)
del thing.first
print(len(thing.__dict__))


class Word(str):
    def __hash__(self):
        return hash(str(self))

    def __eq__(self, other):
        print("word")
        return str.__eq__(self, other)


thing.__dict__[Word("k")] = 3
print(thing.k)


class Descriptor:
    def __get__(self, instance, owner=None):
        return "described"


class Holder:
    attribute = Descriptor()


class Vicious:
    def __hash__(self):
        return hash("attribute")

    def __eq__(self, other):
        try:
            del Holder.attribute
        except AttributeError:
            pass
        return False


holder = Holder()
holder.__dict__[Vicious()] = 0
print(holder.attribute)
print(hasattr(holder, "attribute"))


class Failing(Key):
    __hash__ = Key.__hash__

    def __eq__(self, other):
        raise ValueError(other)


thing.__dict__[Failing("bad")] = 1
for use in (lambda: thing.bad, lambda: setattr(thing, "bad", 1), lambda: delattr(thing, "bad")):
    try:
        print(use())
    except ValueError as e:
        print("ValueError", e)
