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
        return f"auto({'_auto_null' if self.value is None else repr(self.value)})"


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    start = f"_{cls_name}__"
    return len(name) > len(start) and name.startswith(start) and (name[-1] != "_" or name[-2] != "_")


def _is_internal_class(cls_name, obj):
    if not isinstance(obj, type):
        return False
    qualname, inside = getattr(obj, "__qualname__", ""), f"{cls_name}.{getattr(obj, '__name__', '')}"
    return qualname == inside or qualname.endswith("." + inside)


# Names with single underscores that an enumeration may define.
_SUNDERS = ("_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_", "_iter_member_",
            "_iter_member_by_value_", "_iter_member_by_def_")


class _EnumDict(dict):
    """The namespace of an enumeration: it remembers the members in order and gives `auto` its value."""

    def __init__(self):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None
        self._cls_name = None
        self._auto_called = False

    def __setitem__(self, key, value):
        if _is_internal_class(self._cls_name, value):
            import warnings
            warnings.warn("In 3.13 classes created inside an enum will not become a member.  Use the `member` "
                          "decorator to keep the current behavior.", DeprecationWarning, stacklevel=2)
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            value = self._sunder(key, value)
        elif _is_dunder(key):
            key = "_order_" if key == "__order__" else key
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif not _is_descriptor(value):
            if key in self:
                raise TypeError(f"{key!r} already defined as {self[key]!r}")
            value = self._valued(key, value.value if isinstance(value, member) else value)
            self._member_names[key] = None
        super().__setitem__(key, value)

    def update(self, members, **more_members):
        """Set many names, each as a statement would."""
        for name, value in [*dict(members).items(), *more_members.items()]:
            self[name] = value

    def _sunder(self, key, value):
        if key not in _SUNDERS:
            raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use")
        if key == "_generate_next_value_":
            if self._auto_called:
                raise TypeError("_generate_next_value_ must be defined before members")
            self._generate = value.__func__ if isinstance(value, staticmethod) else value
        elif key == "_ignore_":
            value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
            self._ignore = value
            already = set(value) & set(self._member_names)
            if already:
                raise ValueError(f"_ignore_ cannot specify already set names: {already!r}")
        return value

    def _valued(self, key, value):
        if isinstance(value, auto):
            return self._next(key, value)
        if type(value) is tuple and any(isinstance(item, auto) for item in value):
            return tuple([self._next(key, item) if isinstance(item, auto) else item for item in value])
        self._last_values.append(value)
        return value

    def _next(self, key, value):
        if value.value is None:
            value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
            self._auto_called = True
        self._last_values.append(value.value)
        return value.value


class _Member:
    """Stands in a namespace until the class is there that it becomes a member of."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, name):
        type.__delattr__(enum_class, name)
        enum_class._add_member(name, self.value)


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
        if bases and not isinstance(bases[-1], EnumType):
            raise TypeError("new enumerations should be created as "
                            "`EnumName([mixin_type, ...] [data_type,] enum_type)`")
        names = classdict._member_names
        invalid = {"mro", ""} & set(names)
        if invalid:
            raise ValueError(f"invalid enum member name(s) {','.join(map(repr, invalid))}")
        left_out = {"_ignore_", "_order_", *classdict._ignore}
        namespace = {key: _Member(value) if key in names else value for key, value in classdict.items()
                     if key not in left_out}
        generate = namespace.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            namespace["_generate_next_value_"] = staticmethod(generate)
        inherited = next((base._boundary_ for base in bases if getattr(base, "_boundary_", None) is not None), None)
        member_type = _data_type(cls, bases)
        new, is_own = namespace.get("__new__"), "__new__" in namespace
        if new is None:
            new = _inherited_new(member_type, bases)
        namespace.update(_boundary_=boundary or inherited, _member_names_=[], _member_map_={}, _value2member_map_={},
                         _member_type_=member_type, _new_member_=new, _value_repr_=_data_repr(bases),
                         _use_args_=bool(bases) and new is not object.__new__)
        try:
            failed = None
            enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        except RuntimeError as error:
            # What making a member raises comes wrapped.
            failed = error.__cause__ or error
        if failed is not None:
            raise failed
        enum_class._prefer_enum_methods(bases, namespace)
        if Enum is not None and is_own:
            enum_class.__new_member__ = new
        enum_class.__new__ = _enum_new
        enum_class._check_order(classdict.get("_order_"))
        return enum_class

    def _check_order(cls, order):
        """Refuse an `_order_` that is not the one of the members; aliases may stand in it."""
        if isinstance(order, str):
            order = order.replace(",", " ").split()
        if order:
            order = [name for name in order if name not in cls._member_map_ or name in cls._member_names_]
            if order != cls._member_names_:
                raise TypeError(f"member order does not match _order_:\n  {cls._member_names_!r}\n  {order!r}")

    def _prefer_enum_methods(cls, bases, namespace):
        """Texts of members come from the enumeration, not from the data type that stands before it."""
        enum_base = next((base for base in bases[::-1] if isinstance(base, EnumType)), None)
        if enum_base is None:
            return
        kind = cls._member_type_
        if ReprEnum is not None and ReprEnum in bases:
            if kind is object:
                raise TypeError("ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)")
            if "__format__" not in namespace:
                cls.__format__ = kind.__format__
            if "__str__" not in namespace:
                cls.__str__ = kind.__repr__ if kind.__str__ is object.__str__ else kind.__str__
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name not in namespace and getattr(cls, name) in (getattr(kind, name), getattr(object, name)):
                if name in ("__repr__", "__reduce_ex__") or ReprEnum is None or ReprEnum not in bases:
                    setattr(cls, name, getattr(enum_base, name))
        if Flag is not None and issubclass(cls, Flag):
            for name in "__or__ __and__ __xor__ __ror__ __rand__ __rxor__ __invert__".split():
                if name not in namespace:
                    setattr(cls, name, getattr(Flag, name))

    def _add_member(cls, name, value):
        args = value if isinstance(value, tuple) else (value,)
        if cls._member_type_ is tuple:
            args = (args,)
        known = cls._new_member_(cls, *args) if cls._use_args_ else cls._new_member_(cls)
        if not hasattr(known, "_value_"):
            known._value_ = cls._value_of(value, args)
        value = known._value_
        known._name_ = name
        known.__objclass__ = cls
        known.__init__(*args)
        known._sort_order_ = len(cls._member_names_)
        before = cls._with_value(value)
        if before is not None:
            known = before
        elif cls._is_canonical(value):
            cls._member_names_.append(name)
        cls._show_member(name, known)
        cls._member_map_[name] = known
        try:
            cls._value2member_map_.setdefault(value, known)
        except TypeError:
            pass

    def _value_of(cls, value, args):
        """The value of a member whose making has left it out."""
        if cls._member_type_ is object:
            return value
        try:
            return cls._member_type_(*args)
        except Exception:
            if not cls._use_args_:
                return value
        raise TypeError("_value_ not set in __new__, unable to create it")

    def _with_value(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            return next((known for known in cls._member_map_.values() if known._value_ == value), None)

    def _show_member(cls, name, known):
        """Make a member an attribute of the class, unless members have an attribute of this name."""
        found = [base.__dict__[name] for base in cls.__mro__[1:] if name in base.__dict__]
        if found and isinstance(found[0], DynamicClassAttribute):
            return
        redirect = next((it for it in found if isinstance(it, DynamicClassAttribute)), None)
        if redirect is None:
            return type.__setattr__(cls, name, known)
        shown = property(redirect.fget, redirect.fset, redirect.fdel)
        shown.__set_name__(cls, name)
        type.__setattr__(cls, name, shown)

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
        if _is_dunder(name):
            raise AttributeError(name)
        try:
            return cls._member_map_[name]
        except KeyError:
            raise AttributeError(name) from None

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
        if cls._new_member_ is not object.__new__:
            names.add("__new__")
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add("__init_subclass__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"


EnumMeta = EnumType
Enum = Flag = ReprEnum = None


def _inherited_new(member_type, bases):
    """What makes the members of an enumeration that does not say it itself."""
    enum_base = next((base for base in bases[::-1] if isinstance(base, EnumType)), None)
    for name in ("__new_member__", "__new__"):
        for kind in (member_type, enum_base):
            found = getattr(kind, name, None)
            if found is not None and found is not object.__new__ and found is not _enum_new and kind is not None:
                return found
    return object.__new__


def _data_repr(bases):
    """How the values of members are shown, if their type or an enumeration says so."""
    for base in bases:
        for kind in base.__mro__:
            if isinstance(kind, EnumType):
                return kind._value_repr_
            if kind is not object and "__repr__" in kind.__dict__:
                return kind.__dict__["__repr__"]
    return None


def _data_type(class_name, bases):
    """The type besides Enum that members are of."""
    kinds = {kind for kind in map(_data_type_of, bases) if kind is not None}
    if len(kinds) > 1:
        raise TypeError(f"too many data types for {class_name!r}: {kinds!r}")
    return kinds.pop() if kinds else object


def _data_type_of(base):
    first = None
    for kind in base.__mro__:
        if isinstance(kind, EnumType):
            if kind._member_type_ is not object:
                return kind._member_type_
        elif kind is not object:
            if "__new__" in kind.__dict__ or "__init__" in kind.__dict__:
                return first or kind
            first = first or kind
    return None


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
        shown = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {shown(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        names = {"__class__", "__doc__", "__eq__", "__hash__", "__module__"}
        if self._member_type_ is object:
            names |= {"name", "value"}
        else:
            names.update(object.__dir__(self))
        names.update(name for name in getattr(self, "__dict__", ()) if name[0] != "_")
        for kind in type(self).__mro__:
            for name, found in kind.__dict__.items():
                if name[0] == "_":
                    continue
                if isinstance(found, property) and found.fget is None and name in self._member_map_:
                    names.discard(name)
                else:
                    names.add(name)
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return getattr, (self.__class__, self._name_)

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


class StrEnum(str, ReprEnum):
    """Members that are strings."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        for name, value in zip(("encoding", "errors"), values[1:]):
            if not isinstance(value, str):
                raise TypeError(f"{name} must be a string, not {value!r}")
        value = str(*values)
        known = str.__new__(cls, value)
        known._value_ = value
        return known

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

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The next power of two."""
        if not count:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 1 << last.bit_length()
        except Exception:
            raise TypeError(f"invalid flag value {last!r}") from None

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
        parts = cls._parts(value)
        names = [known._name_ for _, known in parts if known is not None]
        unknown = sum(bit for bit, known in parts if known is None)
        member._name_ = "|".join(names + [cls._numeric_repr_(unknown)] * bool(unknown)) if names else None
        member._sort_order_ = len(cls._member_names_)
        return member if unknown else cls._value2member_map_.setdefault(value, member)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

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
        for _, member in self._parts(self._value_):
            if member is not None:
                yield member

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
        names = [name for name, known in enumeration.__members__.items() if known.value > 0 and known.value & ~single]
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
