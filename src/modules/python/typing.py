"""Names for annotations. Nothing is checked when a program runs."""

import abc
import collections
import collections.abc
import contextlib
import sys
import types

GenericAlias = types.GenericAlias
TYPE_CHECKING = False
NoneType = type(None)


# How parameters are read, shown and replaced.

def _converted(parameter):
    """What stands for a type between brackets: None for its type, a text for a type to come."""
    if parameter is None:
        return NoneType
    return ForwardRef(parameter) if isinstance(parameter, str) else parameter


def _checked(parameter, message):
    """A parameter that must be a type."""
    parameter = _converted(parameter)
    if isinstance(parameter, _GenericAlias) and parameter.__origin__ in (ClassVar, Final):
        raise TypeError(f"{parameter} is not valid as type argument")
    if parameter in (Any, LiteralString, NoReturn, Never, Self, TypeAlias):
        return parameter
    if isinstance(parameter, _SpecialForm) or parameter in (Generic, Protocol):
        raise TypeError(f"Plain {parameter} is not valid as type argument")
    if type(parameter) is tuple:
        raise TypeError(f"{message} Got {parameter!r:.100}.")
    return parameter


def _as_tuple(parameters):
    return parameters if isinstance(parameters, tuple) else (parameters,)


def _type_repr(parameter):
    if isinstance(parameter, GenericAlias):
        return repr(parameter)
    if isinstance(parameter, type):
        if parameter.__module__ == "builtins":
            return parameter.__qualname__
        return f"{parameter.__module__}.{parameter.__qualname__}"
    if parameter is ...:
        return "..."
    if isinstance(parameter, types.FunctionType):
        return parameter.__name__
    if isinstance(parameter, (tuple, list)):
        return "[" + ", ".join(map(_type_repr, parameter)) + "]"
    return repr(parameter)


def _variables_in(parameters):
    """The type variables among parameters and in them, in the order of appearance."""
    found = []
    for parameter in parameters:
        if isinstance(parameter, type):
            continue
        if isinstance(parameter, (tuple, list)):
            inner = _variables_in(parameter)
        elif isinstance(parameter, _Variable):
            inner = (parameter,)
        else:
            inner = getattr(parameter, "__parameters__", ())
        for variable in inner:
            if variable not in found:
                found.append(variable)
    return tuple(found)


def _replaced(parameter, values):
    """A parameter with types for its variables."""
    if isinstance(parameter, _Variable):
        return values.get(parameter, parameter)
    if isinstance(parameter, (tuple, list)):
        return [_replaced(item, values) for item in parameter]
    inner = () if isinstance(parameter, type) else getattr(parameter, "__parameters__", ())
    if not inner:
        return parameter
    given = []
    for variable in inner:
        value = values.get(variable, variable)
        if isinstance(variable, TypeVarTuple):
            given.extend(value if isinstance(value, (tuple, list)) else (value,))
        else:
            given.append(value)
    return parameter[tuple(given)]


def _check_count(of, count, wanted):
    if not wanted:
        raise TypeError(f"{of} is not a generic class")
    if count != wanted:
        word = "many" if count > wanted else "few"
        raise TypeError(f"Too {word} arguments for {of}; actual {count}, expected {wanted}")


def _values_for(of, variables, given):
    """Which variable gets which type."""
    rests = [place for place, variable in enumerate(variables) if isinstance(variable, TypeVarTuple)]
    if rests:
        place, behind = rests[0], len(variables) - rests[0] - 1
        if len(given) < len(variables) - 1:
            raise TypeError(f"Too few arguments for {of}; actual {len(given)}, expected at least {len(variables) - 1}")
        middle = tuple(given[place:len(given) - behind])
        given = (*given[:place], middle, *given[len(given) - behind:])
    elif len(variables) == 1 and isinstance(variables[0], ParamSpec) and \
            not (len(given) == 1 and (isinstance(given[0], (list, tuple, ParamSpec)) or given[0] is ...)):
        given = (tuple(given),)
    _check_count(of, len(given), len(variables))
    values = {}
    for variable, value in zip(variables, given):
        if isinstance(variable, ParamSpec) and isinstance(value, list):
            value = tuple(_checked(item, "Parameters to generic types must be types.") for item in value)
        elif type(variable) is TypeVar:
            value = _checked(value, "Parameters to generic types must be types.")
        values[variable] = value
    return values


class _Joinable:
    """What can be joined by | into a union."""

    __slots__ = ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


# Type variables.

class _Variable(_Joinable):
    __slots__ = ()

    def _named(self, name):
        self.__name__ = name
        module = sys._getframe(2).f_globals.get("__name__")
        if module != "typing":
            self.__module__ = module

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return self.__name__

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class _Bounded(_Variable):
    __slots__ = ()

    def _bind(self, bound, covariant, contravariant):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__bound__ = None if bound is None else _checked(bound, "Bound must be a type.")

    def __repr__(self):
        sign = "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"
        return sign + self.__name__


class TypeVar(_Bounded):
    """A type that stands for another."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self._named(name)
        self._bind(bound, covariant, contravariant)
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        message = "TypeVar(name, constraint, ...): constraints must be types."
        self.__constraints__ = tuple(_checked(constraint, message) for constraint in constraints)

    def __typing_subst__(self, arg):
        return _checked(arg, "Parameters to generic types must be types.")


class ParamSpecArgs:
    """The positional parameters of a ParamSpec."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f"{self.__origin__.__name__}.args"

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if type(other) is type(self) else NotImplemented


class ParamSpecKwargs(ParamSpecArgs):
    """The keyword parameters of a ParamSpec."""

    def __repr__(self):
        return f"{self.__origin__.__name__}.kwargs"


class ParamSpec(_Bounded):
    """The parameters of a function that stand for others."""

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self._named(name)
        self._bind(bound, covariant, contravariant)

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __typing_subst__(self, arg):
        return tuple(arg) if isinstance(arg, list) else arg


class TypeVarTuple(_Variable):
    """Any number of types."""

    def __init__(self, name):
        self._named(name)

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")


class ForwardRef(_Joinable):
    """A type that is named before it is there."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        try:
            self.__forward_code__ = compile(arg, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(f"Forward reference must be an expression -- got {arg!r}") from None
        self.__forward_arg__ = arg
        self.__forward_module__ = module
        self.__forward_is_class__ = is_class

    def _evaluate(self, names, local_names, under_way=frozenset()):
        if self.__forward_arg__ in under_way:
            return self
        named = eval(self.__forward_code__, names, local_names)
        return _evaluated(named, names, local_names, under_way | {self.__forward_arg__})

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return (self.__forward_arg__, self.__forward_module__) == (other.__forward_arg__, other.__forward_module__)

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __repr__(self):
        module = "" if self.__forward_module__ is None else f", module={self.__forward_module__!r}"
        return f"ForwardRef({self.__forward_arg__!r}{module})"


# Names that can be subscripted.

class _SpecialForm(_Joinable):
    # A name that means something only to those who read annotations.
    __slots__ = "_name", "_make", "__doc__"

    def __init__(self, name, documentation=None, make=None):
        self._name = name
        self._make = make
        self.__doc__ = documentation

    @property
    def __name__(self):
        return self._name

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        if self._make is None:
            raise TypeError(f"{self} is not subscriptable")
        return self._make(self, parameters)


def _single(form, parameters):
    return _GenericAlias(form, (_checked(parameters, f"{form} accepts only single type."),))


def _union(form, parameters):
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    found = []
    for parameter in _as_tuple(parameters):
        parameter = _checked(parameter, "Union[arg, ...]: each arg must be a type.")
        inner = parameter.__args__ if isinstance(parameter, (_UnionGenericAlias, types.UnionType)) else (parameter,)
        found.extend(item for item in inner if item not in found)
    if len(found) == 1:
        return found[0]
    return _UnionGenericAlias(form, tuple(found), name="Optional" if len(found) == 2 and NoneType in found else None)


def _optional(form, parameter):
    return Union[_checked(parameter, f"{form} requires a single type."), NoneType]


def _literal(form, parameters):
    found = []
    for parameter in _as_tuple(parameters):
        inner = parameter.__args__ if isinstance(parameter, _LiteralGenericAlias) else (parameter,)
        for item in inner:
            if not any(type(item) is type(other) and item == other for other in found):
                found.append(item)
    return _LiteralGenericAlias(form, tuple(found))


def _concatenate(form, parameters):
    parameters = _as_tuple(parameters)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    message = "Concatenate[arg, ...]: each arg must be a type."
    return _GenericAlias(form, (*(_checked(parameter, message) for parameter in parameters[:-1]), parameters[-1]))


def _unpack(form, parameters):
    return _UnpackGenericAlias(form, (_checked(parameters, f"{form} accepts only single type."),))


class _BaseGenericAlias(_Joinable):
    """A form or a class under its name for annotations."""

    def __init__(self, origin, *, inst=True, name=None):
        self.__dict__.update(__origin__=origin, _inst=inst, _name=name)

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        behind = bases[bases.index(self) + 1:]
        entries = [] if self.__origin__ in bases else [self.__origin__]
        if not any(isinstance(base, _BaseGenericAlias) or issubclass(base, Generic) for base in behind):
            entries.append(Generic)
        return tuple(entries)

    def __getattr__(self, name):
        if "__origin__" in self.__dict__ and not (name[:2] == name[-2:] == "__"):
            return getattr(self.__origin__, name)
        if name in ("__name__", "__qualname__"):
            return self._name or self.__origin__.__name__
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if name[:2] == name[-2:] == "__" or name in ("_name", "_inst", "_nparams"):
            self.__dict__[name] = value
        else:
            setattr(self.__origin__, name, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __dir__(self):
        return sorted({*object.__dir__(self), *(name for name in dir(self.__origin__) if name[:2] != "__")})

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _GenericAlias(_BaseGenericAlias):
    """A form or a generic class with its parameters."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        self.__args__ = args
        self.__parameters__ = _variables_in(args)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __getitem__(self, parameters):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        given = tuple(map(_converted, _as_tuple(parameters)))
        values = _values_for(self, self.__parameters__, given)
        made = []
        for parameter in self.__args__:
            value = _replaced(parameter, values)
            spreads = isinstance(parameter, _UnpackGenericAlias) and isinstance(value, (tuple, list)) \
                or isinstance(parameter, ParamSpec) and self._spreads and isinstance(value, (tuple, list))
            made.extend(value) if spreads else made.append(value)
        return self._with(tuple(made))

    _spreads = False

    def _with(self, args):
        return type(self)(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = f"typing.{self._name}" if self._name else _type_repr(self.__origin__)
        return f"{name}[{', '.join(map(_type_repr, self.__args__)) or '()'}]"

    def __reduce__(self):
        args = self.__args__ if len(self.__args__) != 1 else self.__args__[0]
        return lambda origin, args: origin[args], (globals().get(self._name, self.__origin__), args)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            behind = bases[bases.index(self) + 1:]
            if Protocol in bases or any(isinstance(base, _BaseGenericAlias) and base is not self for base in behind):
                return ()
        return (self.__origin__,)

    def __iter__(self):
        yield Unpack[self]


class _SpecialGenericAlias(_BaseGenericAlias):
    """A class of the library under its name for annotations: List for list."""

    def __init__(self, origin, nparams, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name or origin.__name__)
        self._nparams = nparams
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    def __getitem__(self, parameters):
        message = "Parameters to generic types must be types."
        parameters = tuple(_checked(parameter, message) for parameter in _as_tuple(parameters))
        if self._nparams >= 0:
            _check_count(self, len(parameters), self._nparams)
        return _GenericAlias(self.__origin__, parameters, name=self._name, inst=self._inst)

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)


class _TupleType(_SpecialGenericAlias):
    def __getitem__(self, parameters):
        parameters = _as_tuple(parameters)
        message = "Tuple[t0, t1, ...]: each t must be a type."
        rest = (...,) if len(parameters) >= 2 and parameters[-1] is ... else ()
        parameters = parameters[:-1] if rest else parameters
        made = tuple(_checked(parameter, message) for parameter in parameters) + rest
        return _GenericAlias(self.__origin__, made, name=self._name, inst=False)


class _CallableGenericAlias(_GenericAlias):
    """A function type: its parameters stand before the result."""

    _spreads = True

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], (ParamSpec, _GenericAlias))
                               and (isinstance(args[0], ParamSpec) or args[0].__origin__ is Concatenate)):
            return super().__repr__()
        return f"typing.Callable[[{', '.join(map(_type_repr, args[:-1]))}], {_type_repr(args[-1])}]"


class _CallableType(_SpecialGenericAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        given, result = parameters
        if isinstance(given, list):
            given = tuple(_checked(parameter, "Callable[[arg, ...], result]: each arg must be a type.")
                          for parameter in given)
        elif given is ... or isinstance(given, ParamSpec) or getattr(given, "__origin__", None) is Concatenate:
            given = (given,)
        else:
            raise TypeError("Expected a list of types, an ellipsis, ParamSpec, or Concatenate. "
                            f"Got {given}")
        result = _checked(result, "Callable[args, result]: result must be a type.")
        return _CallableGenericAlias(self.__origin__, (*given, result), name=self._name, inst=self._inst)


class _UnionGenericAlias(_GenericAlias):
    def _with(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, types.UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and NoneType in args:
            return f"typing.Optional[{_type_repr(args[0] if args[1] is NoneType else args[1])}]"
        return f"typing.Union[{', '.join(map(_type_repr, args))}]"

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)


class _LiteralGenericAlias(_GenericAlias):
    def __repr__(self):
        return f"typing.Literal[{', '.join(map(repr, self.__args__))}]"

    def _marked(self):
        return {(type(arg), arg) for arg in self.__args__}

    def __eq__(self, other):
        return self._marked() == other._marked() if isinstance(other, _LiteralGenericAlias) else NotImplemented

    def __hash__(self):
        return hash(frozenset(self._marked()))


class _UnpackGenericAlias(_GenericAlias):
    def __repr__(self):
        return "*" + _type_repr(self.__args__[0])

    def __getitem__(self, parameters):
        value = self.__args__[0]
        return _as_tuple(parameters) if isinstance(value, TypeVarTuple) else value[parameters]


class _AnnotatedAlias(_GenericAlias):
    """A type with whatever somebody wants to say of it."""

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            origin, metadata = origin.__origin__, origin.__metadata__ + metadata
        super().__init__(origin, (origin,), name="Annotated")
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        said = ", ".join(map(repr, self.__metadata__))
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {said}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class Annotated:
    """A type with whatever somebody wants to say of it: Annotated[int, "seconds"]."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple) or len(parameters) < 2:
            raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
        return _AnnotatedAlias(_converted(parameters[0]), tuple(parameters[1:]))

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError(f"Cannot subclass {cls.__module__}.Annotated")


# Generic classes and protocols.

class Generic:
    """A class with type parameters."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, parameters):
        parameters = tuple(map(_converted, _as_tuple(parameters)))
        if cls in (Generic, Protocol):
            _check_variables(cls, parameters)
            return _GenericAlias(cls, parameters)
        values = _values_for(cls, cls.__parameters__, parameters)
        made = []
        for variable in cls.__parameters__:
            value = values[variable]
            made.extend(value) if isinstance(variable, TypeVarTuple) else made.append(value)
        return _GenericAlias(cls, tuple(made))

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get("__orig_bases__", cls.__bases__)
        if Generic in bases and not (bases is cls.__bases__ and cls.__name__ == "Protocol"):
            if bases is not cls.__bases__ or not isinstance(cls, _TypedDictMeta):
                raise TypeError("Cannot inherit from plain Generic")
        cls.__parameters__ = _class_variables(bases) if "__orig_bases__" in cls.__dict__ else ()


def _check_variables(cls, parameters):
    if not parameters:
        raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
    if not all(isinstance(parameter, (_Variable, _UnpackGenericAlias)) for parameter in parameters):
        raise TypeError(f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification "
                        "variables.")
    if len(set(parameters)) != len(parameters):
        raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")


def _class_variables(bases):
    """The type variables of a class with these bases: those that Generic lists, or else all."""
    variables, listed = _variables_in(bases), None
    for base in bases:
        if isinstance(base, _GenericAlias) and base.__origin__ in (Generic, Protocol):
            if listed is not None and base.__origin__ is Generic:
                raise TypeError("Cannot inherit from Generic[...] multiple types.")
            listed = base.__parameters__
            if not set(variables) <= set(listed):
                missing = ", ".join(str(variable) for variable in variables if variable not in listed)
                shown = ", ".join(map(str, listed))
                raise TypeError(f"Some type variables ({missing}) are not listed in "
                                f"{base.__origin__.__name__}[{shown}]")
    return variables if listed is None else listed


_NOT_OF_PROTOCOLS = frozenset(
    "__abstractmethods__ __annotations__ __dict__ __doc__ __init__ __module__ __new__ __slots__ __subclasshook__ "
    "__weakref__ __class_getitem__ __parameters__ __orig_bases__ __orig_class__ _is_protocol _is_runtime_protocol "
    "_abc_impl __init_subclass__ __match_args__ __qualname__".split())


def _own_annotations(base):
    """The names that a class annotates; native types have an attribute there that is no dict."""
    found = base.__dict__.get("__annotations__", ())
    return found if isinstance(found, dict) else ()


def _members_of(protocol):
    """The names that an object must have to belong to a protocol."""
    names = set()
    for base in protocol.__mro__[:-1]:
        if base not in (Protocol, Generic):
            for name in (*base.__dict__, *_own_annotations(base)):
                if name not in _NOT_OF_PROTOCOLS and not name.startswith("_abc_"):
                    names.add(name)
    return names


def _has_only_methods(protocol):
    return all(callable(getattr(protocol, name, None)) for name in _members_of(protocol))


class _ProtocolMeta(abc.ABCMeta):
    def __instancecheck__(cls, instance):
        if not cls.__dict__.get("_is_protocol"):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if issubclass(type(instance), cls) if _has_only_methods(cls) else cls in type(instance).__mro__:
            return True
        return all(hasattr(instance, name) and (not callable(getattr(cls, name, None))
                                                or getattr(instance, name) is not None)
                   for name in _members_of(cls))


def _protocol_hook(cls, other):
    """Whether a class has all that a protocol asks for."""
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    if not getattr(cls, "_is_runtime_protocol", False):
        if sys._getframe(2).f_globals.get("__name__") in ("abc", "functools", "typing"):
            return NotImplemented
        raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
    if not _has_only_methods(cls):
        if sys._getframe(2).f_globals.get("__name__") in ("abc", "functools", "typing"):
            return NotImplemented
        raise TypeError("Protocols with non-method members don't support issubclass()")
    if not isinstance(other, type):
        raise TypeError("issubclass() arg 1 must be a class")
    for name in _members_of(cls):
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            if name in _own_annotations(base) and getattr(base, "_is_protocol", False):
                break
        else:
            return NotImplemented
    return True


def _no_protocol_instances(self, *args, **kwargs):
    if type(self)._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    if type(self).__init__ is not _no_protocol_instances:
        return
    for base in type(self).__mro__:
        init = base.__dict__.get("__init__", _no_protocol_instances)
        if init is not _no_protocol_instances:
            type(self).__init__ = init
            break
    else:
        type(self).__init__ = object.__init__
    type(self).__init__(self, *args, **kwargs)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """A class that others belong to by what they can do."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if "_is_protocol" not in cls.__dict__:
            cls._is_protocol = Protocol in cls.__bases__
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if not cls._is_protocol:
            return
        for base in cls.__bases__:
            allowed = base in (object, Generic) or base.__module__ in ("collections.abc", "contextlib") \
                or issubclass(base, Generic) and base._is_protocol
            if not allowed:
                raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        if cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_protocol_instances


def runtime_checkable(cls):
    """Mark a protocol: isinstance looks at its members."""
    if not issubclass(cls, Generic) or not cls._is_protocol:
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Any value at all."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls, *args, **kwargs)


Union = _SpecialForm("Union", "One of several types: Union[int, str].", _union)
Optional = _SpecialForm("Optional", "A type or None.", _optional)
Literal = _SpecialForm("Literal", "One of several values.", _literal)
Concatenate = _SpecialForm("Concatenate", "More parameters before those of a ParamSpec.", _concatenate)
Unpack = _SpecialForm("Unpack", "The types of a tuple, one by one.", _unpack)
for _name in "ClassVar", "Final", "TypeGuard", "Required", "NotRequired":
    globals()[_name] = _SpecialForm(_name, None, _single)
for _name in "NoReturn", "Never", "Self", "LiteralString", "TypeAlias":
    globals()[_name] = _SpecialForm(_name)

for _name, _origin, _count in (
        ("List", list, 1), ("Dict", dict, 2), ("Set", set, 1), ("FrozenSet", frozenset, 1), ("Type", type, 1)):
    globals()[_name] = _SpecialGenericAlias(_origin, _count, inst=False, name=_name)
Tuple = _TupleType(tuple, -1, inst=False, name="Tuple")
for _name, _origin, _count in (
        ("DefaultDict", collections.defaultdict, 2), ("OrderedDict", collections.OrderedDict, 2),
        ("Counter", collections.Counter, 1), ("ChainMap", collections.ChainMap, 2), ("Deque", collections.deque, 1),
        ("AbstractSet", collections.abc.Set, 1),
        ("ContextManager", contextlib.AbstractContextManager, 1)):
    globals()[_name] = _SpecialGenericAlias(_origin, _count, name=_name)
for _count, _names in (
        (0, "Hashable Sized ByteString"),
        (1, "Awaitable AsyncIterable AsyncIterator Iterable Iterator Reversible Container Collection MutableSet "
            "Sequence MutableSequence MappingView KeysView ValuesView"),
        (2, "Mapping MutableMapping ItemsView AsyncGenerator"),
        (3, "Generator Coroutine")):
    for _name in _names.split():
        globals()[_name] = _SpecialGenericAlias(getattr(collections.abc, _name), _count, name=_name)
if hasattr(contextlib, "AbstractAsyncContextManager"):
    AsyncContextManager = _SpecialGenericAlias(contextlib.AbstractAsyncContextManager, 1, name="AsyncContextManager")
Callable = _CallableType(collections.abc.Callable, 2, name="Callable")
Text = str
del _name, _origin, _count, _names

T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
T_co = TypeVar("T_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)
VT_co = TypeVar("VT_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)
AnyStr = TypeVar("AnyStr", bytes, str)


def _supports(name, method, result, parameters=()):
    @abc.abstractmethod
    def missing(self):
        pass

    missing.__name__ = method
    missing.__qualname__ = f"{name}.{method}"
    missing.__annotations__ = {"return": result}
    bases = (Protocol[parameters],) if parameters else (Protocol,)
    made = types.new_class(name, bases, {}, lambda namespace: namespace.update(
        {"__slots__": (), method: missing, "__doc__": f"What has a method {method}.", "__module__": "typing"}))
    globals()[name] = runtime_checkable(made)


_supports("SupportsInt", "__int__", int)
_supports("SupportsFloat", "__float__", float)
_supports("SupportsComplex", "__complex__", complex)
_supports("SupportsBytes", "__bytes__", bytes)
_supports("SupportsIndex", "__index__", int)
_supports("SupportsAbs", "__abs__", T_co, (T_co,))
_supports("SupportsRound", "__round__", T_co, (T_co,))


# Named tuples and dicts with known keys.

def _named_tuple(name, fields, module, defaults=()):
    fields = {field: _checked(kind, f"field {field} annotation must be a type") for field, kind in fields}
    made = collections.namedtuple(name, fields, defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = fields
    return made


_KEPT_OF_TUPLES = frozenset("__new__ __init__ __slots__ __getnewargs__ _fields _field_defaults _field_types _make "
                            "_replace _asdict _source".split())


class _NamedTupleMeta(type):
    def __new__(cls, name, bases, namespace):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        fields = namespace.get("__annotations__", {})
        defaults = []
        for field in fields:
            if field in namespace:
                defaults.append(field)
            elif defaults:
                plural = "s" if len(defaults) > 1 else ""
                raise TypeError(f"Non-default namedtuple field {field} cannot follow default field{plural} "
                                f"{', '.join(defaults)}")
        made = _named_tuple(name, fields.items(), namespace["__module__"], [namespace[field] for field in defaults])
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
            made = type(name, (made, Generic), {"__slots__": (), "__module__": namespace["__module__"],
                                                **{key: namespace[key] for key in ("__orig_bases__",)
                                                   if key in namespace}})
        for key, value in namespace.items():
            if key in _KEPT_OF_TUPLES:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in ("__module__", "__annotations__", "__classcell__", "__orig_bases__") \
                    and key not in made._fields:
                setattr(made, key, value)
        return made


def NamedTuple(typename, fields=None, /, **kwargs):
    """A named tuple whose fields have types."""
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    return _named_tuple(typename, fields, sys._getframe(1).f_globals.get("__name__", "__main__"))


_NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, namespace, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        own = namespace.get("__annotations__", {})
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {key: _converted(kind) if isinstance(kind, (_GenericAlias, str)) else _checked(kind, message)
               for key, kind in own.items()}
        is_generic = any(issubclass(base, Generic) for base in bases)
        made = type.__new__(_TypedDictMeta, name, (dict, Generic) if is_generic else (dict,), namespace)
        keys, required, optional = {}, set(), set()
        for base in bases:
            keys.update(base.__dict__.get("__annotations__", {}))
            required.update(base.__dict__.get("__required_keys__", ()))
            optional.update(base.__dict__.get("__optional_keys__", ()))
        keys.update(own)
        for key, kind in own.items():
            while isinstance(kind, _AnnotatedAlias):
                kind = kind.__origin__
            form = get_origin(kind)
            is_required = form is Required or total and form is not NotRequired
            (required if is_required else optional).add(key)
        made.__annotations__ = keys
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        if not hasattr(made, "__total__"):
            made.__total__ = total
        return made

    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A dict with known keys."""
    if fields is None:
        fields = kwargs
    elif kwargs:
        raise TypeError("TypedDict takes either a dict or keyword arguments, but not both")
    namespace = {"__annotations__": dict(fields)}
    module = sys._getframe(1).f_globals.get("__name__")
    if module is not None:
        namespace["__module__"] = module
    return _TypedDictMeta(typename, (), namespace, total=total)


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    """Whether it is a class made with TypedDict."""
    return isinstance(tp, _TypedDictMeta)


class NewType(_Joinable):
    """A name of its own for a type; at run time a function that gives back what it gets."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        module = sys._getframe(1).f_globals.get("__name__")
        if module != "typing":
            self.__module__ = module

    def __call__(self, x, /):
        return x

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of NewType. Perhaps you were looking for: "
                        f"`{bases[0].__name__} = NewType({bases[0].__name__!r}, {self.__name__})`")


# Functions.

def cast(typ, val):
    """The value as it is."""
    return val


def assert_type(val, typ, /):
    """The value as it is."""
    return val


def assert_never(arg, /):
    """To be called where nobody comes."""
    shown = repr(arg)
    if len(shown) > 100:
        shown = shown[:100] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {shown}")


def reveal_type(obj, /):
    """Print the type of an object to stderr, and give it back."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def final(f):
    """Nobody is to inherit from this, or to override it."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    """The annotations of this are no types."""
    if isinstance(arg, type):
        for value in arg.__dict__.values():
            function = getattr(value, "__func__", value)
            if isinstance(function, types.FunctionType) or isinstance(function, type) and function is not arg:
                no_type_check(function)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    """What the decorator makes has annotations that are no types."""
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, field_specifiers=(), **kwargs):
    """What this decorates makes classes like those of dataclasses."""
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default, "order_default": order_default, "kw_only_default": kw_only_default,
            "field_specifiers": field_specifiers, "kwargs": kwargs}
        return cls_or_fn
    return decorator


_overloads = {}


def _overload_dummy(*args, **kwds):
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions "
                              "outside a stub module should always be followed by an implementation that is not "
                              "@overload-ed.")


def overload(func):
    """One of several ways to call the function that follows."""
    function = getattr(func, "__func__", func)
    try:
        ways = _overloads.setdefault((function.__module__, function.__qualname__), {})
        ways[function.__code__.co_firstlineno] = func
    except AttributeError:
        pass
    return _overload_dummy


def get_overloads(func):
    """The ways to call a function."""
    function = getattr(func, "__func__", func)
    return list(_overloads.get((function.__module__, function.__qualname__), {}).values())


def clear_overloads():
    """Forget all of them."""
    _overloads.clear()


def get_origin(tp):
    """What was subscripted."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseGenericAlias, GenericAlias, ParamSpecArgs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return types.UnionType if isinstance(tp, types.UnionType) else None


def get_args(tp):
    """What it was subscripted with."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__, *tp.__metadata__)
    if isinstance(tp, (_GenericAlias, GenericAlias)):
        args = tp.__args__
        is_flat = len(args) == 2 and (args[0] is ... or isinstance(args[0], ParamSpec)
                                      or get_origin(args[0]) is Concatenate)
        if tp.__origin__ is collections.abc.Callable and not is_flat:
            args = (list(args[:-1]), args[-1])
        return args
    return tp.__args__ if isinstance(tp, types.UnionType) else ()


def _evaluated(kind, names, local_names, under_way=frozenset()):
    """A type with texts in it replaced by what they name; names inside of what they name themselves stay."""
    if isinstance(kind, ForwardRef):
        return kind._evaluate(names, local_names, under_way)
    if isinstance(kind, (_GenericAlias, GenericAlias, types.UnionType)):
        args = tuple(_evaluated(ForwardRef(arg) if isinstance(arg, str) and isinstance(kind, GenericAlias) else arg,
                                names, local_names, under_way) for arg in kind.__args__)
        if args == kind.__args__ or isinstance(kind, _LiteralGenericAlias):
            return kind
        if isinstance(kind, GenericAlias):
            return GenericAlias(kind.__origin__, args)
        return Union[args] if isinstance(kind, types.UnionType) else kind._with(args)
    return kind


def _without_extras(kind):
    if isinstance(kind, _AnnotatedAlias):
        return _without_extras(kind.__origin__)
    if isinstance(kind, _GenericAlias) and kind.__origin__ in (Required, NotRequired):
        return _without_extras(kind.__args__[0])
    if isinstance(kind, (_GenericAlias, GenericAlias)) and not isinstance(kind, _LiteralGenericAlias):
        args = tuple(map(_without_extras, kind.__args__))
        if args == kind.__args__:
            return kind
        return GenericAlias(kind.__origin__, args) if isinstance(kind, GenericAlias) else kind._with(args)
    return kind


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, a function or a module; texts are evaluated."""
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            names = globalns
            if names is None:
                names = getattr(sys.modules.get(base.__module__), "__dict__", {})
            local_names = dict(vars(base)) if localns is None else localns
            if localns is None and globalns is None:
                names, local_names = local_names, names
            own = base.__dict__.get("__annotations__", {})
            for name, kind in (own if isinstance(own, dict) else {}).items():
                hints[name] = _evaluated(_converted(kind), names, local_names)
    else:
        names = globalns
        if names is None:
            inner = obj
            while hasattr(inner, "__wrapped__"):
                inner = inner.__wrapped__
            names = obj.__dict__ if isinstance(obj, types.ModuleType) else getattr(inner, "__globals__", {})
        own = getattr(obj, "__annotations__", None)
        if own is None:
            if isinstance(obj, (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
                                types.WrapperDescriptorType, types.MethodWrapperType, types.MethodDescriptorType)):
                return {}
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        for name, kind in own.items():
            hints[name] = _evaluated(_converted(kind), names, names if localns is None else localns)
    return hints if include_extras else {name: _without_extras(kind) for name, kind in hints.items()}


# Streams.

class IO(Generic[AnyStr]):
    """A stream, as open() gives it."""

    __slots__ = ()


class BinaryIO(IO[bytes]):
    """A stream of bytes."""

    __slots__ = ()


class TextIO(IO[str]):
    """A stream of text."""

    __slots__ = ()


__all__ = [name for name, value in list(globals().items()) if name[0] != "_" and name not in (
    "abc", "collections", "contextlib", "sys", "types", "GenericAlias", "NoneType", "T", "KT", "VT", "T_co", "V_co",
    "VT_co", "T_contra", "name", "value")]
