def everything(x, y=1, /, z=[2], *a, k=None, w, **kw):
    """Does things.

    More text.
    """


def nothing():
    pass


def annotated(x: int, y: "str" = 'a') -> list:
    "One line."


class Animal:
    """An animal.

    It has legs."""
    legs = 4

    def __init__(self, name):
        "Name it."

    def speak(self, loud=False):
        "Make a sound."

    @classmethod
    def make(cls):
        "A fresh one."

    @staticmethod
    def count(among):
        pass

    @property
    def name(self):
        "Its name."

    @property
    def age(self):
        pass

    @age.setter
    def age(self, value):
        pass


class Dog(Animal):
    def speak(self):
        pass

    __hash__ = None


class Slotted:
    __slots__ = ('a',)


dog = Dog('Rex')
for thing in [everything, nothing, annotated, Animal, Dog, dog, dog.speak, Dog.speak, Animal.make, Animal.name, Slotted,
              lambda x, *y: 1, 'no.such.name']:
    help(thing)
