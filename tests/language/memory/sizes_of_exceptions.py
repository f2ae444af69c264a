# Exceptions of classes that a program makes: what they add stands behind what they inherit.
import sys


class Plain(Exception):
    pass


class Empty(Exception):
    __slots__ = ()


class Two(Exception):
    __slots__ = "a", "b"


class Key(KeyError):
    def __init__(self, a):
        self.a = a


class System(OSError):
    pass


class Import(ImportError):
    pass


class Stop(StopIteration):
    pass


for error in (Exception(), Plain(), Plain(1), Empty(), Two(), KeyError(1), Key(1), OSError(), System(), ImportError(), Import(),
              StopIteration(), Stop(), AttributeError(), UnicodeDecodeError("a", b"", 0, 1, "b"), SyntaxError()):
    print(type(error).__name__, sys.getsizeof(error), error.__sizeof__())
