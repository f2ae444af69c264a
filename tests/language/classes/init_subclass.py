class Registry:
    known = []

    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.known.append((cls.__name__, tag))


class A(Registry, tag="first"): pass
class B(A): pass


print(Registry.known)
try:
    class C(Registry, wrong=1): pass
except TypeError as error:
    print(error)
