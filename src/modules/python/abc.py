"""Abstract base classes."""
# An abstract class keeps, in `_abc_impl`, who was registered with it and what it has answered before. Negative
# answers hold until the next registration anywhere.

from _abc import _mark, _share_marks
from _weakrefset import WeakSet


def abstractmethod(funcobj):
    """Mark a method as one that subclasses must override."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """Deprecated: use classmethod over abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """Deprecated: use staticmethod over abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """Deprecated: use property over abstractmethod."""

    __isabstractmethod__ = True


class _Answers:
    __slots__ = "registry", "positive", "negative", "negative_version"

    def __init__(self):
        self.registry = self.positive = self.negative = ()
        self.negative_version = 0

    def add(self, kind, subclass):
        """Most sets stay empty: each is made for its first member."""
        members = getattr(self, kind)
        if type(members) is tuple:
            members = WeakSet()
            setattr(self, kind, members)
        members.add(subclass)


# Grows with every registration.
_version = 0


def get_cache_token():
    """A number that changes when a class is registered with any abstract class."""
    return _version


def _abstract_names(cls, names):
    """Those of the names, and of what the bases left abstract, that are abstract in cls."""
    found = {name for name, value in names if getattr(value, "__isabstractmethod__", False)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                found.add(name)
    return frozenset(found)


class ABCMeta(type):
    """The type of abstract classes: they can have abstract methods and virtual subclasses."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, namespace.items())
        cls._abc_impl = _Answers()
        _mark(cls)
        return cls

    def register(cls, subclass):
        """Make a class a virtual subclass; usable as a decorator."""
        global _version
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_impl.add("registry", subclass)
        _version += 1
        _share_marks(cls, subclass)
        return subclass

    def __instancecheck__(cls, instance):
        """Override for isinstance(instance, cls)."""
        answers = cls._abc_impl
        subclass = instance.__class__
        if subclass in answers.positive:
            return True
        subtype = type(instance)
        if subtype is subclass:
            if answers.negative_version == _version and subclass in answers.negative:
                return False
            return cls.__subclasscheck__(subclass)
        return any(cls.__subclasscheck__(c) for c in (subclass, subtype))

    def __subclasscheck__(cls, subclass):
        """Override for issubclass(subclass, cls)."""
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        answers = cls._abc_impl
        if subclass in answers.positive:
            return True
        if answers.negative_version < _version:
            answers.negative = ()
            answers.negative_version = _version
        elif subclass in answers.negative:
            return False
        answer = cls._ask(subclass, answers)
        answers.add("positive" if answer else "negative", subclass)
        return answer

    def _ask(cls, subclass, answers):
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            return bool(answer)
        if cls in getattr(subclass, "__mro__", ()):
            return True
        for registered in answers.registry:
            if issubclass(subclass, registered):
                return True
        for derived in type.__subclasses__(cls):
            if issubclass(subclass, derived):
                return True
        return False


def update_abstractmethods(cls):
    """Look again for abstract methods after the class was changed."""
    if not hasattr(cls, "__abstractmethods__"):
        return cls
    cls.__abstractmethods__ = _abstract_names(cls, cls.__dict__.items())
    return cls


class ABC(metaclass=ABCMeta):
    """An abstract class to inherit from instead of naming the metaclass."""

    __slots__ = ()
