@register
class Point(Base, metaclass=Meta):
    """documentation"""

    x: int = 0
    y: "int"
    __private = 1

    def __init__(self, x):
        super().__init__()
        self.__x = x
        self.pair, self.other = self.other, self.pair

    @property
    def value(self):
        return self.__x + Point.__private


class Empty(*bases, **options): ...


def make(value):
    class Local:
        value = value
        other = make

        def get(self):
            return value

    return Local


class Outer:
    def method(self):
        class Inner:
            outer = __class__

            def method(self):
                return __class__

        return Inner
