class C:
    "the doc"
    x = 1

    def m(self, a, b=2):
        "m doc"


print(C.__name__, C.__qualname__, C.__module__, C.__doc__, C.m.__doc__, C.m.__qualname__)
print(callable(C), isinstance(C(), (int, C)), issubclass(bool, int), type(C()).__name__, type(type))
print([n for n in dir(C) if not n.startswith("_")], hasattr(C, "m"), getattr(C, "q", None))
print(C.m.__code__.co_varnames, C.m.__defaults__, repr(int), repr(len), id(C) == id(C))
print(sorted(vars(C)), C.__dict__["x"])
