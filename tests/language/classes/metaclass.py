class Meta(type):
    def __prepare__(name, bases, **kwargs):
        print("prepare", name, kwargs)
        return {"prepared": True}

    def __new__(mcls, name, bases, namespace, **kwargs):
        print("new", name)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print("init", name)

    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)

    def __len__(cls):
        return 7


class C(metaclass=Meta, option=1):
    pass


class D(C):
    pass


print(type(D), C.prepared, len(D), isinstance(D(), C))
