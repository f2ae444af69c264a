# An AttributeError that a __getattr__ raises without fields gets those of the access.
class A:
    def __init__(self, error):
        self.error = error

    def __getattr__(self, name):
        raise self.error


for error in (AttributeError, AttributeError(), AttributeError(23), AttributeError("x", name="other"), AttributeError("y", obj=5)):
    instance = A(error)
    try:
        instance.missing
    except AttributeError as caught:
        print(caught.args, caught.name, caught.obj is instance, caught.obj if caught.obj is not instance else "")
print(hasattr(A(AttributeError), "x"), getattr(A(AttributeError), "x", 3))


class B:
    def __eq__(self, other):
        return NotImplemented
    __eq__ = property(lambda self: self.nothing)


print(B() == B())
