class Base:
    def __init__(self, value):
        self.value = value

    @classmethod
    def make(cls, value):
        return cls(value)

    @property
    def double(self):
        return self.value * 2


class Derived(Base):
    def __init__(self, value):
        super().__init__(value + 1)

    @classmethod
    def make(cls, value):
        made = super().make(value)
        made.tag = cls.__name__
        return made

    @property
    def double(self):
        return super().double + 1


d = Derived.make(1)
print(d.value, d.tag, d.double, super(Derived, d).double)
print(super(Derived, d).__thisclass__, super(Derived, Derived).make.__name__)
try:
    super(int, d)
except TypeError as error:
    print(error)
