# A metaclass's mro() can assign to __bases__ of the very classes that are being arranged.
class Meta(type):
    def mro(cls):
        if Meta.ready and cls.__name__ == "B1":
            B2.__bases__ = (B1,)
        if Meta.ready and cls.__name__ == "B2":
            B1.__bases__ = (B2,)
        return type.mro(cls)
    ready = False


class A(metaclass=Meta):
    pass


class B1(A):
    pass


class B2(A):
    pass


Meta.ready = True
try:
    B1.__bases__ += ()
except TypeError as error:
    print(error)
print(B1.__mro__, B2.__mro__)


class Meta2(type):
    def mro(cls):
        if Meta2.ready and cls.__name__ == "C":
            Meta2.ready = False
            C.__bases__ = (B2,)
        return type.mro(cls)
    ready = False


class A(metaclass=Meta2):
    pass


class B1(A):
    pass


class B2(A):
    pass


class C(A):
    pass


Meta2.ready = True
C.__bases__ = (B1,)
B1.__bases__ = (C,)
print(C.__bases__, B2.__subclasses__(), B1.__bases__, C.__subclasses__())


class Failing(type):
    def mro(cls):
        if Failing.ready:
            raise ValueError("no order today")
        return type.mro(cls)
    ready = False


class D(metaclass=Failing):
    pass


class E(D):
    x = 1


class F(D):
    pass


Failing.ready = True
try:
    F.__bases__ = (E,)
except ValueError as error:
    print(error)
print(F.__bases__, F.__mro__, F.__base__, hasattr(F, "x"))


class Incomplete(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != "X":
            try:
                class X(cls):
                    pass
            except TypeError as error:
                print(error)
        return type.mro(cls)


class G(metaclass=Incomplete):
    pass
