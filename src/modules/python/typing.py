"""Names for annotations. Nothing is checked when a program runs."""

import collections.abc
import sys

GenericAlias = type(list[int])
TYPE_CHECKING = False


class _SpecialForm:
    """A name that can be subscripted and means something only to those who read annotations."""

    __slots__ = ("_name",)

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return f"typing.{self._name}"

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _Alias(self, parameters)

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _shown(parameter):
    if parameter is ...:
        return "..."
    if isinstance(parameter, list):
        return f"[{', '.join(map(_shown, parameter))}]"
    if isinstance(parameter, type) and not isinstance(parameter, GenericAlias):
        if parameter.__module__ == "builtins":
            return parameter.__qualname__
        return f"{parameter.__module__}.{parameter.__qualname__}"
    return repr(parameter)


class _Alias:
    """A form or a generic class with its parameters."""

    __slots__ = "__origin__", "__args__", "_name", "__dict__", "__weakref__"

    def __init__(self, origin, parameters, name=None):
        self.__origin__ = origin
        self.__args__ = parameters
        self._name = name

    @property
    def __parameters__(self):
        found = []
        for parameter in self.__args__:
            for variable in [parameter] if isinstance(parameter, TypeVar) else \
                    getattr(parameter, "__parameters__", ()):
                if variable not in found:
                    found.append(variable)
        return tuple(found)

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _shown(self.__origin__)
        return f"{name}[{', '.join(map(_shown, self.__args__))}]"

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _Alias(self.__origin__, parameters, self._name)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __call__(self, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            return (Generic,) if self.__origin__._name in ("Generic", "Protocol") else ()
        return (self.__origin__,)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __instancecheck__(self, obj):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    __subclasscheck__ = __instancecheck__


class _StandardAlias:
    """A class of the library under its name for annotations: List for list."""

    __slots__ = "__origin__", "_name"

    def __init__(self, origin, name):
        self.__origin__ = origin
        self._name = name

    def __repr__(self):
        return f"typing.{self._name}"

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _Alias(self.__origin__, parameters, self._name)

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _UnionForm(_SpecialForm):
    __slots__ = ()

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        found = []
        for parameter in parameters:
            if parameter is None:
                parameter = type(None)
            inner = parameter.__args__ if isinstance(parameter, _UnionAlias) else (parameter,)
            found.extend(item for item in inner if item not in found)
        return found[0] if len(found) == 1 else _UnionAlias(Union, tuple(found))


class _UnionAlias(_Alias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            other = args[0] if args[1] is type(None) else args[1]
            return f"typing.Optional[{_shown(other)}]"
        return super().__repr__()

    def __eq__(self, other):
        if not isinstance(other, _UnionAlias):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)


class _OptionalForm(_SpecialForm):
    __slots__ = ()

    def __getitem__(self, parameter):
        return Union[parameter, type(None)]


class Any:
    """Any value at all."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


class _AnyMeta(type):
    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


Any = _AnyMeta("Any", (), {"__new__": Any.__new__, "__doc__": Any.__doc__, "__module__": "typing"})

Union = _UnionForm("Union")
Optional = _OptionalForm("Optional")
for _name in ("NoReturn Never Self LiteralString ClassVar Final Literal TypeAlias Concatenate TypeGuard Annotated "
              "Required NotRequired Unpack").split():
    globals()[_name] = _SpecialForm(_name)

for _name, _origin in (
        ("List", list), ("Dict", dict), ("Set", set), ("FrozenSet", frozenset), ("Tuple", tuple), ("Type", type),
        ("DefaultDict", collections.defaultdict), ("OrderedDict", collections.OrderedDict),
        ("Counter", collections.Counter), ("ChainMap", collections.ChainMap), ("Deque", collections.deque)):
    globals()[_name] = _StandardAlias(_origin, _name)
for _name in ("Hashable Sized Iterable Iterator Reversible Generator Container Collection Callable MutableSet Mapping "
              "MutableMapping Sequence MutableSequence KeysView ItemsView ValuesView MappingView ByteString").split():
    globals()[_name] = _StandardAlias(getattr(collections.abc, _name), _name)
AbstractSet = _StandardAlias(collections.abc.Set, "AbstractSet")
ContextManager = _SpecialForm("ContextManager")
Text = str
del _name, _origin


class TypeVar:
    """A type that stands for another."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)

    def __typing_subst__(self, arg):
        return arg

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        sign = "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"
        return sign + self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class ParamSpec(TypeVar):
    """The parameters of a function that stand for others."""


class TypeVarTuple:
    """Any number of types."""

    def __init__(self, name):
        self.__name__ = name

    def __repr__(self):
        return self.__name__


class Generic:
    """A class with type parameters."""

    __slots__ = ()

    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _Alias(cls, parameters)


class Protocol(Generic):
    """A class that others belong to by what they can do."""

    __slots__ = ()


def runtime_checkable(cls):
    """Mark a protocol; isinstance looks at its methods."""
    cls._is_runtime_protocol = True
    names = [name for name in cls.__dict__ if not name.startswith("_") or name in ("__call__", "__len__", "__iter__")]
    meta = type("_ProtocolMeta", (type(cls),), {
        "__instancecheck__": lambda self, obj: all(hasattr(obj, name) for name in names)})
    return meta(cls.__name__, cls.__bases__, {k: v for k, v in cls.__dict__.items()
                                              if k not in ("__dict__", "__weakref__")})


def NamedTuple(typename, fields=(), /, **kwargs):
    """A named tuple with annotations."""
    fields = list(fields) or list(kwargs.items())
    made = collections.namedtuple(typename, [name for name, _ in fields], module=sys._getframe(1).f_globals["__name__"])
    made.__annotations__ = made.__new__.__annotations__ = dict(fields)
    return made


class _NamedTupleMeta(type):
    def __new__(cls, typename, bases, namespace):
        annotations = namespace.get("__annotations__", {})
        defaults = []
        for name in annotations:
            if name in namespace:
                defaults.append(namespace[name])
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {name} cannot follow default field "
                                f"{list(n for n in annotations if n in namespace)[-1]}")
        made = collections.namedtuple(typename, annotations, defaults=defaults, module=namespace["__module__"])
        made.__annotations__ = made.__new__.__annotations__ = annotations
        for key, value in namespace.items():
            if key not in annotations and key not in ("__module__", "__annotations__", "__classcell__"):
                setattr(made, key, value)
        return made


_NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, namespace, total=True):
        made = type.__new__(_TypedDictMeta, name, (dict,), namespace)
        made.__total__ = total
        return made

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)


def TypedDict(typename, fields=None, /, *, total=True):
    """A dict with known keys."""
    return _TypedDictMeta(typename, (), {"__annotations__": dict(fields or {})}, total=total)


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def NewType(name, tp):
    """A name of its own for a type."""
    def new_type(x):
        return x
    new_type.__name__ = new_type.__qualname__ = name
    new_type.__supertype__ = tp
    return new_type


def cast(typ, val):
    """The value as it is."""
    return val


def final(f):
    """Nobody is to inherit from this."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def overload(func):
    """One of several ways to call the function that follows."""
    def _overload_dummy(*args, **kwds):
        raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated "
                                  "functions outside a stub module should always be followed by an implementation "
                                  "that is not @overload-ed.")
    return _overload_dummy


def no_type_check(arg):
    return arg


def get_origin(tp):
    """What was subscripted."""
    return getattr(tp, "__origin__", None)


def get_args(tp):
    """What it was subscripted with."""
    return getattr(tp, "__args__", ())


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, a function or a module; texts are evaluated."""
    hints = {}
    for base in reversed(obj.__mro__) if isinstance(obj, type) else [obj]:
        names = globalns
        if names is None:
            names = getattr(base, "__globals__", None) or getattr(sys.modules.get(base.__module__), "__dict__", {})
        for name, value in base.__dict__.get("__annotations__", {}).items() if isinstance(base, type) \
                else getattr(base, "__annotations__", {}).items():
            if value is None:
                value = type(None)
            hints[name] = eval(value, names, localns) if isinstance(value, str) else value
    return hints


class SupportsInt(Protocol):
    __slots__ = ()


class SupportsFloat(Protocol):
    __slots__ = ()


class SupportsIndex(Protocol):
    __slots__ = ()


class IO(Generic):
    __slots__ = ()


class TextIO(IO):
    __slots__ = ()


class BinaryIO(IO):
    __slots__ = ()


AnyStr = TypeVar("AnyStr", bytes, str)


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj
