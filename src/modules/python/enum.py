"""Classes whose instances are a fixed set of named values."""

from types import DynamicClassAttribute, MappingProxyType

__all__ = ["EnumType", "EnumMeta", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique",
           "property", "verify", "member", "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP",
           "global_flag_repr", "global_enum_repr", "global_str", "global_enum", "EnumCheck", "CONTINUOUS",
           "NAMED_FLAGS", "UNIQUE"]


class property(DynamicClassAttribute):
    """A property that a member of the same name does not stand in the way of."""

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot set attribute {self.name!r}")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}")
        self.fdel(instance)



class member:
    """What stands in it becomes a member, whatever it is."""

    def __init__(self, value):
        self.value = value


class nonmember:
    """What stands in it becomes no member."""

    def __init__(self, value):
        self.value = value


class auto:
    """A value to be chosen by the class."""

    def __init__(self, value=None):
        self.value = value

    def __repr__(self):
        return f"auto({self.value!r})"


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


class _EnumDict(dict):
    """The namespace of an enumeration: it remembers the members in order and gives `auto` its value."""

    def __init__(self):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None
        self._cls_name = None

    def __setitem__(self, key, value):
        if _is_sunder(key):
            if key == "_generate_next_value_":
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
        elif isinstance(value, nonmember):
            value = value.value
        elif _is_dunder(key) or key in self._ignore or key.startswith(f"_{self._cls_name}__"):
            pass
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif isinstance(value, member) or not _is_descriptor(value):
            value = value.value if isinstance(value, member) else self._valued(key, value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _valued(self, key, value):
        if isinstance(value, auto):
            if value.value is None:
                value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
            return value.value
        if type(value) is tuple and any(isinstance(item, auto) for item in value):
            return tuple(self._valued(key, item) if isinstance(item, auto) else item for item in value)
        return value


class EnumType(type):
    """The type of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        for base in bases:
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError(f"<enum {cls!r}> cannot extend {base!r}")
        namespace = _EnumDict()
        namespace._cls_name = cls
        for base in bases:
            generate = getattr(base, "_generate_next_value_", None)
            if generate is not None:
                namespace._generate = generate
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        names = list(classdict._member_names)
        values = {name: classdict[name] for name in names}
        namespace = {key: value for key, value in classdict.items() if key not in values and key != "_ignore_"}
        generate = namespace.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            namespace["_generate_next_value_"] = staticmethod(generate)
        use_new = namespace.pop("__new__", None)
        inherited = next((base._boundary_ for base in bases if getattr(base, "_boundary_", None) is not None), None)
        namespace["_boundary_"] = boundary or inherited
        namespace["_member_names_"] = []
        namespace["_member_map_"] = {}
        namespace["_value2member_map_"] = {}
        enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        if use_new is not None:
            enum_class._use_new_ = staticmethod(use_new)
        enum_class._member_type_ = _data_type(bases)
        enum_class._prefer_enum_methods(bases, namespace)
        for name in names:
            enum_class._add_member(name, values[name])
        if names or Enum is not None:
            enum_class.__new__ = _enum_new
        return enum_class

    def _prefer_enum_methods(cls, bases, namespace):
        """Texts of members come from the enumeration, not from the data type that stands before it."""
        enum_base = next((base for base in bases[::-1] if isinstance(base, EnumType)), None)
        if enum_base is None or cls._member_type_ is object:
            return
        names = ["__repr__", "__str__", "__format__", "__reduce_ex__"]
        if Flag is not None and issubclass(cls, Flag):
            names += "__or__ __and__ __xor__ __ror__ __rand__ __rxor__ __invert__".split()
        for name in names:
            if name not in namespace and getattr(cls, name) is getattr(cls._member_type_, name, None):
                type.__setattr__(cls, name, getattr(enum_base, name))

    def _add_member(cls, name, value):
        args = value if isinstance(value, tuple) else (value,)
        make = cls._use_new_
        if cls._member_type_ is tuple:
            args = (args,)
        if make is not None:
            member = make(cls, *args)
        elif cls._member_type_ is object:
            member = object.__new__(cls)
        else:
            member = cls._member_type_.__new__(cls, *args)
        if not hasattr(member, "_value_"):
            member._value_ = value if cls._member_type_ is object else cls._member_type_(*args)
        value = member._value_
        member._name_ = name
        member.__objclass__ = cls
        member._sort_order_ = len(cls._member_names_)
        member.__init__(*args)
        for other in cls._member_map_.values():
            if other._value_ == value:
                member = other
                break
        else:
            if cls._is_canonical(value):
                cls._member_names_.append(name)
        type.__setattr__(cls, name, member)
        cls._member_map_[name] = member
        try:
            cls._value2member_map_.setdefault(value, member)
        except TypeError:
            pass

    def _is_canonical(cls, value):
        return not issubclass(cls, Flag) or not isinstance(value, int) or value > 0 and value & value - 1 == 0 \
            if Flag is not None else True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """Find a member by its value; or make an enumeration of names."""
        if names is None:
            return cls.__new__(cls, value)
        return cls._create(value, names, module, qualname, type, start, boundary)

    def _create(cls, class_name, names, module, qualname, mixin, start, boundary=None):
        bases = (cls,) if mixin is None else (mixin, cls)
        metacls = cls.__class__
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, dict):
            names = list(names.items())
        last = []
        for place, item in enumerate(names):
            if isinstance(item, str):
                value = cls._generate_next_value_(item, start, place, last[:])
                last.append(value)
                item = item, value
            classdict[item[0]] = item[1]
        if module is None:
            import sys
            try:
                module = sys._getframe(2).f_globals["__name__"]
            except (AttributeError, ValueError, KeyError):
                pass
        if module is not None:
            classdict["__module__"] = module
        if qualname is not None:
            classdict["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    def __bool__(cls):
        return True

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            import warnings
            warnings.warn("in 3.12 __contains__ will no longer raise TypeError, but will return True or\n"
                          "False depending on whether the value is a member or the value of a member",
                          DeprecationWarning, stacklevel=2)
            raise TypeError(f"unsupported operand type(s) for 'in': "
                            f"'{type(member).__qualname__}' and '{cls.__class__.__qualname__}'")
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __delattr__(cls, attr):
        if attr in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    @property
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __dir__(cls):
        names = {"__class__", "__contains__", "__doc__", "__getitem__", "__iter__", "__len__", "__members__",
                 "__module__", "__name__", "__qualname__", *cls._member_names_}
        if cls._use_new_ is not None:
            names.add("__new__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"


EnumMeta = EnumType
Enum = Flag = None


def _data_type(bases):
    """The type besides Enum that members are of."""
    for base in bases:
        if isinstance(base, EnumType):
            if base._member_type_ is not object:
                return base._member_type_
            continue
        for kind in base.__mro__:
            if kind is not object and ("__new__" in kind.__dict__ or kind.__module__ == "builtins"):
                return kind
    return object


def _enum_new(cls, value):
    if type(value) is cls:
        return value
    try:
        return cls._value2member_map_[value]
    except KeyError:
        pass
    except TypeError:
        for member in cls._member_map_.values():
            if member._value_ == value:
                return member
    exc = None
    try:
        result = cls._missing_(value)
    except Exception as e:
        exc = e
        result = None
    try:
        if isinstance(result, cls) or Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT \
                and isinstance(result, int):
            return result
        ve_exc = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        if result is None and exc is None:
            raise ve_exc
        if exc is None:
            exc = TypeError(f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid member")
        if not isinstance(exc, ValueError):
            exc.__context__ = ve_exc
        raise exc
    finally:
        exc = ve_exc = None


class Enum(metaclass=EnumType):
    """A set of named values."""

    _use_new_ = None

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of `auto`: one more than the last, if that is the largest so far."""
        if not last_values:
            return start
        last = last_values[-1]
        try:
            last_values.sort()
            if last == last_values[-1]:
                return last + 1
        except TypeError:
            pass
        import warnings
        warnings.warn("In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable "
                      "and support adding +1\nand the value returned will be the largest value in the enum "
                      "incremented by 1", DeprecationWarning, stacklevel=4)
        for value in last_values:
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        shown = self._member_type_.__repr__ if self._member_type_ is not object else repr
        return f"<{self.__class__.__name__}.{self._name_}: {shown(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        return sorted({"__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"}
                      | {name for kind in type(self).__mro__ for name in kind.__dict__
                         if name[0] != "_" and name not in self._member_map_})

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


class ReprEnum(Enum):
    """Members whose own repr is an enumeration's, while str and format are those of the data type."""


class IntEnum(int, ReprEnum):
    """Members that are integers."""

    __str__ = int.__repr__
    __format__ = int.__format__


class StrEnum(str, ReprEnum):
    """Members that are strings."""

    __str__ = str.__str__
    __format__ = str.__format__

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The name in lower case."""
        return name.lower()


class FlagBoundary(StrEnum):
    """What becomes of bits that no member has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _bits(value):
    """The single bits of a number, the smallest first."""
    while value > 0:
        bit = value & -value
        yield bit
        value ^= bit


class Flag(Enum, boundary=CONFORM):
    """Members that can be joined by |."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The next power of two."""
        if not last_values:
            return start if start is not None else 1
        return 1 << max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        known = 0
        for member in cls._member_map_.values():
            known |= member._value_
        if value & ~known and value >= 0 and cls._boundary_ is EJECT:
            return value
        if value < 0:
            value += max(known + 1, 1 << value.bit_length()) if cls._boundary_ in (EJECT, KEEP) \
                else 1 << known.bit_length()
        if cls._boundary_ is CONFORM:
            value &= known
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
        if value & ~known and cls._boundary_ is STRICT:
            width = max(value.bit_length(), known.bit_length())
            raise ValueError(f"{cls!r} invalid value {value!r}\n"
                             f"    given {format(value, f'#0{width + 3}b')[:2]} {value:0{width}b}\n"
                             f"  allowed 0b {known:0{width}b}"
                             .replace("given 0b ", "given 0b0 ").replace("allowed 0b ", "allowed 0b0 "))
        member = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        member._value_ = value
        names = [known._name_ if known is not None else str(bit) for bit, known in cls._parts(value)]
        member._name_ = "|".join(names) or None
        member._sort_order_ = len(cls._member_names_)
        return cls._value2member_map_.setdefault(value, member)

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} "
                            f"and {self.__class__.__qualname__!r}")
        return other._value_ & self._value_ == other._value_

    @classmethod
    def _parts(cls, value):
        """The single bits of a value with their members, in the order of definition; bits without one come last."""
        parts = [(bit, cls._value2member_map_.get(bit)) for bit in _bits(value)]
        return sorted(parts, key=lambda part: len(cls._member_names_) if part[1] is None else part[1]._sort_order_)

    def __iter__(self):
        for bit, member in self._parts(self._value_):
            yield self.__class__(bit) if member is None else member

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        if self._name_ is None:
            return f"<{self.__class__.__name__}: {self._value_!r}>"
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        if self._name_ is None:
            return f"{self.__class__.__name__}({self._value_!r})"
        return f"{self.__class__.__name__}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _other_value(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __or__(self, other):
        value = self._other_value(other)
        return NotImplemented if value is None else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._other_value(other)
        return NotImplemented if value is None else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._other_value(other)
        return NotImplemented if value is None else self.__class__(self._value_ ^ value)

    def __invert__(self):
        known = 0
        for member in self._member_map_.values():
            known |= member._value_
        return self.__class__(known & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags that are integers."""

    __str__ = int.__repr__
    __format__ = int.__format__


def unique(enumeration):
    """Refuse an enumeration with two names for one value."""
    duplicates = [(name, member.name) for name, member in enumeration.__members__.items() if name != member.name]
    if duplicates:
        details = ", ".join(f"{alias} -> {name}" for alias, name in duplicates)
        raise ValueError(f"duplicate values found in {enumeration!r}: {details}")
    return enumeration


class EnumCheck(StrEnum):
    """What verify() can ask for."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Refuse an enumeration that is not as these checks want it."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                self._unique(enumeration)
            elif check is CONTINUOUS:
                self._continuous(enumeration)
            elif check is NAMED_FLAGS:
                self._named(enumeration)
        return enumeration

    @staticmethod
    def _unique(enumeration):
        aliases = [f"{name} -> {known.name}" for name, known in enumeration.__members__.items() if name != known.name]
        if aliases:
            raise ValueError(f"aliases found in {enumeration!r}: {', '.join(aliases)}")

    @staticmethod
    def _continuous(enumeration):
        values = {known.value for known in enumeration}
        if len(values) < 2:
            return
        low, high = min(values), max(values)
        is_flag = issubclass(enumeration, Flag)
        between = (1 << bit for bit in range(low.bit_length(), high.bit_length() - 1)) if is_flag \
            else range(low + 1, high)
        missing = [str(value) for value in between if value not in values]
        if missing:
            kind = "flag" if is_flag else "enum"
            raise ValueError(f"invalid {kind} {enumeration.__name__!r}: missing values {', '.join(missing)}"[:256])

    @staticmethod
    def _named(enumeration):
        single = 0
        for known in enumeration.__members__.values():
            if known.value & known.value - 1 == 0:
                single |= known.value
        names = [name for name, known in enumeration.__members__.items() if known.value & ~single]
        if not names:
            return
        missing = 0
        for name in names:
            missing |= enumeration.__members__[name].value & ~single
        which = f"alias {names[0]} is missing" if len(names) == 1 else \
            f"aliases {', '.join(names[:-1])} and {names[-1]} are missing"
        what = f"value 0x{missing:x}" if missing & missing - 1 == 0 else f"combined values of 0x{missing:x}"
        raise ValueError(f"invalid Flag {enumeration.__name__!r}: {which} {what} "
                         f"[use enum.show_flag_values(value) for details]")


def show_flag_values(value):
    """The single bits of a value."""
    return list(_bits(int(value)))


def global_enum_repr(self):
    """The member as a name of its module."""
    return f"{self.__class__.__module__.rpartition('.')[2]}.{self._name_}"


def global_flag_repr(self):
    """The flags as names of their module."""
    module = self.__class__.__module__.rpartition(".")[2]
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_!r})"
    return "|".join(name if name[0].isdigit() else f"{module}.{name}" for name in self._name_.split("|"))


def global_str(self):
    """The name of the member alone."""
    return f"{self.__class__.__name__}({self._value_!r})" if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """Make the members names of their module, and show them so."""
    import sys
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls
