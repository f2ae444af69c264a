"""Classes that are mostly their fields: __init__, __repr__, __eq__ and more are made from the annotations."""

from keyword import iskeyword
import sys

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return "<factory>"


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()

_EMPTY_METADATA = type(type.__dict__)({})


class _FIELD_BASE:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE("_FIELD")
_FIELD_CLASSVAR = _FIELD_BASE("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FIELD_BASE("_FIELD_INITVAR")
_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"


class InitVar:
    """A parameter of __init__ that is given to __post_init__ and not kept."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if type(self.type) is type else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


_shown_now = set()


def _recursive_repr(function):
    """A repr that shows what it is inside of already as three dots."""
    def __repr__(self):
        if id(self) in _shown_now:
            return "..."
        _shown_now.add(id(self))
        try:
            return function(self)
        finally:
            _shown_now.discard(id(self))
    return __repr__


class Field:
    """What is known of a field."""

    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata",
                 "kw_only", "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else type(_EMPTY_METADATA)(metadata)
        self.kw_only = kw_only
        self._field_type = None

    @_recursive_repr
    def __repr__(self):
        return (f"Field(name={self.name!r},type={self.type!r},default={self.default!r},"
                f"default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},"
                f"hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},"
                f"kw_only={self.kw_only!r},_field_type={self._field_type})")

    def __set_name__(self, owner, name):
        func = getattr(type(self.default), "__set_name__", None)
        if func:
            func(self.default, owner, name)


class _DataclassParams:
    __slots__ = "init", "repr", "eq", "order", "unsafe_hash", "frozen"

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen

    def __repr__(self):
        return (f"_DataclassParams(init={self.init!r},repr={self.repr!r},eq={self.eq!r},order={self.order!r},"
                f"unsafe_hash={self.unsafe_hash!r},frozen={self.frozen!r})")


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    """Say more about a field than its default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _named_in(annotation, cls):
    """What a text as annotation begins with, looked up where the class stands: itself, or a member of a module."""
    text = annotation.strip()
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] in "_."):
        end += 1
    module, dot, name = text[:end].rpartition(".")
    namespace = getattr(sys.modules.get(cls.__module__), "__dict__", {})
    if dot:
        found = namespace.get(module)
        return getattr(found, name, None) if isinstance(found, type(sys)) else None
    return namespace.get(name)


def _is_class_variable(annotation, cls):
    typing = sys.modules.get("typing")
    if typing is None:
        return False
    if isinstance(annotation, str):
        annotation = _named_in(annotation, cls)
    return annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar


def _is_init_variable(annotation, cls):
    if isinstance(annotation, str):
        annotation = _named_in(annotation, cls)
    return annotation is InitVar or type(annotation) is InitVar


def _get_field(cls, name, annotation, kw_only):
    """The field of an annotated name."""
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if type(default).__name__ == "member_descriptor":
            # A slot of the same name is no default.
            default = MISSING
        f = field(default=default)
    f.name = name
    f.type = annotation
    f._field_type = _FIELD
    if _is_class_variable(annotation, cls):
        f._field_type = _FIELD_CLASSVAR
    elif _is_init_variable(annotation, cls):
        f._field_type = _FIELD_INITVAR
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise TypeError(f"field {f.name} cannot have a default factory")
    if f._field_type is _FIELD_CLASSVAR:
        if f.kw_only is not MISSING:
            raise TypeError(f"field {f.name} is a ClassVar but specifies kw_only")
    elif f.kw_only is MISSING:
        f.kw_only = kw_only
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory")
    return f


def _create_fn(cls, name, args, body, names):
    """Compile a method with these parameters and this body; names are what it can see besides its globals."""
    text = "\n".join(f"  {line}" for line in body)
    globals = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    parameters = ", ".join(names)
    namespace = {}
    exec(f"def __create_fn__({parameters}):\n def {name}({', '.join(args)}):\n{text}\n return {name}",
         globals, namespace)
    function = namespace["__create_fn__"](**names)
    function.__qualname__ = f"{cls.__qualname__}.{name}"
    return function


def _init_parameter(f):
    if f.default is MISSING and f.default_factory is MISSING:
        default = ""
    elif f.default is not MISSING:
        default = f"=_dflt_{f.name}"
    else:
        default = "=_HAS_DEFAULT_FACTORY"
    return f"{f.name}:_type_{f.name}{default}"


def _init_line(f, frozen, slots, self_name):
    """The statement of __init__ that sets a field; None if there is nothing to set."""
    if f.default_factory is not MISSING:
        value = f"_dflt_{f.name}()"
        if f.init:
            value = f"{value} if {f.name} is _HAS_DEFAULT_FACTORY else {f.name}"
    elif f.init:
        value = f.name
    elif slots and f.default is not MISSING:
        # A class with slots cannot keep the default as its own attribute.
        value = f"_dflt_{f.name}"
    else:
        return None
    if f._field_type is _FIELD_INITVAR:
        return None
    if frozen:
        return f"__dataclass_builtins_object__.__setattr__({self_name},{f.name!r},{value})"
    return f"{self_name}.{f.name}={value}"


def _init_fn(cls, all_fields, frozen, slots):
    standard = [f for f in all_fields if f.init and not f.kw_only]
    keyword_only = [f for f in all_fields if f.init and f.kw_only]
    seen_default = False
    for f in standard:
        if not (f.default is MISSING and f.default_factory is MISSING):
            seen_default = True
        elif seen_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    self_name = "__dataclass_self__" if any(f.name == "self" for f in all_fields) else "self"
    names = {f"_type_{f.name}": f.type for f in all_fields}
    names["_HAS_DEFAULT_FACTORY"] = _HAS_DEFAULT_FACTORY
    names["__dataclass_builtins_object__"] = object
    for f in all_fields:
        if f.default_factory is not MISSING:
            names[f"_dflt_{f.name}"] = f.default_factory
        elif f.default is not MISSING:
            names[f"_dflt_{f.name}"] = f.default
    body = []
    for f in all_fields:
        line = _init_line(f, frozen, slots, self_name)
        if line:
            body.append(line)
    if hasattr(cls, "__post_init__"):
        params = ",".join(f.name for f in all_fields if f._field_type is _FIELD_INITVAR)
        body.append(f"{self_name}.__post_init__({params})")
    args = [self_name] + [_init_parameter(f) for f in standard]
    if keyword_only:
        args += ["*"] + [_init_parameter(f) for f in keyword_only]
    function = _create_fn(cls, "__init__", args, body or ["pass"], names)
    function.__annotations__["return"] = None
    return function


_repr_running = set()


def _repr_fn(cls, shown):
    names = [f.name for f in shown]

    def shown_fields(self):
        parts = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({parts})"
    shown_fields.__name__ = "__repr__"
    # By this name pprint knows that no program has written it.
    shown_fields.__qualname__ = "__create_fn__.<locals>.__repr__"

    def __repr__(self):
        key = id(self)
        if key in _repr_running:
            return "..."
        _repr_running.add(key)
        try:
            return shown_fields(self)
        finally:
            _repr_running.discard(key)
    __repr__.__qualname__ = f"{cls.__qualname__}.__repr__"
    __repr__.__wrapped__ = shown_fields
    return __repr__


def _cmp_fn(cls, name, op, compared):
    left = "".join(f"self.{f.name}," for f in compared)
    right = "".join(f"other.{f.name}," for f in compared)
    body = ["if other.__class__ is self.__class__:", f" return ({left}){op}({right})", "return NotImplemented"]
    return _create_fn(cls, name, ("self", "other"), body, {})


def _hash_fn(cls, hashed):
    values = "".join(f"self.{f.name}," for f in hashed)
    return _create_fn(cls, "__hash__", ("self",), [f"return hash(({values}))"], {})


def _freeze(cls, all_fields):
    names = tuple(f.name for f in all_fields)

    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for function in (__setattr__, __delattr__):
        function.__qualname__ = f"{cls.__qualname__}.{function.__name__}"
        if not _set_new(cls, function.__name__, function):
            raise TypeError(f"Cannot overwrite attribute {function.__name__} in class {cls.__name__}")


def _set_new(cls, name, value):
    """Give a class an attribute unless it defines that itself."""
    if name in cls.__dict__:
        return False
    setattr(cls, name, value)
    return True


def _collect(cls, kw_only, frozen):
    """All fields: those of the bases, then the class's own; they are left in the class without their Field objects."""
    found = {}
    any_frozen_base = has_bases = False
    for base in cls.__mro__[-1:0:-1]:
        base_fields = getattr(base, _FIELDS, None)
        if base_fields is not None:
            has_bases = True
            found.update(base_fields)
            if getattr(base, _PARAMS).frozen:
                any_frozen_base = True
    annotations = cls.__dict__.get("__annotations__", {})
    own = []
    seen_marker = False
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or annotation in ("KW_ONLY", "dataclasses.KW_ONLY"):
            if seen_marker:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen_marker = kw_only = True
        else:
            own.append(_get_field(cls, name, annotation, kw_only))
    for f in own:
        found[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if has_bases:
        if any_frozen_base and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not any_frozen_base and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    return found


def _add_hash(cls, field_list, has_own_eq, unsafe_hash, eq, frozen):
    # A class that defines __eq__ has __hash__ = None without having said so.
    own = cls.__dict__.get("__hash__", MISSING)
    explicit = not (own is MISSING or own is None and has_own_eq)
    hashed = [f for f in field_list if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash:
        if explicit:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        cls.__hash__ = _hash_fn(cls, hashed)
    elif eq and not explicit:
        cls.__hash__ = _hash_fn(cls, hashed) if frozen else None


def _add_order(cls, compared):
    for name, op in ("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">="):
        if not _set_new(cls, name, _cmp_fn(cls, name, op, compared)):
            raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}. "
                            f"Consider using functools.total_ordering")


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    found = _collect(cls, kw_only, frozen)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    setattr(cls, _FIELDS, found)
    field_list = [f for f in found.values() if f._field_type is _FIELD]
    compared = [f for f in field_list if f.compare]
    taking = [f for f in found.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    has_own_eq = "__eq__" in cls.__dict__
    if init:
        _set_new(cls, "__init__", _init_fn(cls, taking, frozen, slots))
    if repr:
        _set_new(cls, "__repr__", _repr_fn(cls, [f for f in field_list if f.repr]))
    if eq and not has_own_eq:
        # Setting __eq__ after the class statement leaves __hash__ as it was.
        cls.__eq__ = _cmp_fn(cls, "__eq__", "==", compared)
    if order:
        _add_order(cls, compared)
    if frozen:
        _freeze(cls, field_list)
    _add_hash(cls, field_list, has_own_eq, unsafe_hash, eq, frozen)
    if not getattr(cls, "__doc__"):
        cls.__doc__ = f"{cls.__name__}{_signature(taking)}"
    if match_args:
        _set_new(cls, "__match_args__", tuple(f.name for f in taking if f.init and not f.kw_only))
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _add_slots(cls, field_list, frozen, weakref_slot)
    if getattr(cls, "__abstractmethods__", None):
        from abc import update_abstractmethods
        update_abstractmethods(cls)
    return cls


def _shown_type(annotation):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    return annotation.__name__ if isinstance(annotation, type) and annotation.__module__ == "builtins" else \
        repr(annotation) if not isinstance(annotation, type) else f"{annotation.__module__}.{annotation.__qualname__}"


def _signature(taking):
    """The parameters of __init__ as the doc text shows them."""
    parts = []
    for f in (f for f in taking if f.init and not f.kw_only):
        parts.append(_shown_parameter(f))
    keyword_only = [f for f in taking if f.init and f.kw_only]
    if keyword_only:
        parts.append("*")
        parts.extend(map(_shown_parameter, keyword_only))
    return f"({', '.join(parts)})"


def _shown_parameter(f):
    text = f"{f.name}: {_shown_type(f.type)}"
    if f.default is not MISSING:
        return f"{text} = {f.default!r}"
    return f"{text} = <factory>" if f.default_factory is not MISSING else text


def _add_slots(cls, field_list, frozen, weakref_slot):
    """Make the class anew with slots: they cannot be added later."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    namespace = dict(cls.__dict__)
    names = tuple(f.name for f in field_list)
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__") or ()
        if hasattr(slots, "__next__"):
            raise TypeError(f"Slots of '{base.__name__}' cannot be determined")
        inherited.update((slots,) if isinstance(slots, str) else slots)
    own = [name for name in names if name not in inherited]
    if weakref_slot and "__weakref__" not in inherited:
        own.append("__weakref__")
    namespace["__slots__"] = tuple(own)
    for name in names:
        namespace.pop(name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    qualname = getattr(cls, "__qualname__", None)
    cls = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        cls.__qualname__ = qualname
    if frozen:
        if "__getstate__" not in namespace:
            cls.__getstate__ = _getstate
        if "__setstate__" not in namespace:
            cls.__setstate__ = _setstate
    return cls


def _getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Add methods to a class by its annotated fields."""
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
                              weakref_slot)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a class or an instance."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in found.values() if f._field_type is _FIELD)


def is_dataclass(obj):
    """Whether something is a data class or an instance of one."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


def _check_instance(obj, name):
    if not hasattr(type(obj), _FIELDS):
        raise TypeError(f"{name}() should be called on dataclass instances")


def asdict(obj, *, dict_factory=dict):
    """The fields in a dict, also of the instances inside."""
    _check_instance(obj, "asdict")
    return _asdict_inner(obj, dict_factory)


def _asdict_inner(obj, dict_factory):
    if hasattr(type(obj), _FIELDS):
        return dict_factory([(f.name, _asdict_inner(getattr(obj, f.name), dict_factory)) for f in fields(obj)])
    return _inner(obj, lambda item: _asdict_inner(item, dict_factory))


def astuple(obj, *, tuple_factory=tuple):
    """The fields in a tuple, also of the instances inside."""
    _check_instance(obj, "astuple")
    return _astuple_inner(obj, tuple_factory)


def _astuple_inner(obj, tuple_factory):
    if hasattr(type(obj), _FIELDS):
        return tuple_factory([_astuple_inner(getattr(obj, f.name), tuple_factory) for f in fields(obj)])
    return _inner(obj, lambda item: _astuple_inner(item, tuple_factory))


def _inner(obj, convert):
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[convert(item) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(convert(item) for item in obj)
    if isinstance(obj, dict):
        return type(obj)((convert(key), convert(value)) for key, value in obj.items())
    import copy
    return copy.deepcopy(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    """Make a data class of names, or of (name, type) or (name, type, default)."""
    namespace = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, "typing.Any"
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, namespace[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation
    namespace["__annotations__"] = annotations
    import types
    cls = types.new_class(cls_name, bases, {}, lambda ns: ns.update(namespace))
    return dataclass(cls, **options)


def replace(obj, /, **changes):
    """A new instance with some fields changed."""
    _check_instance(obj, "replace")
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
