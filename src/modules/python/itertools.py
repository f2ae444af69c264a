"""Building blocks for loops: iterators made of iterators."""
# Classes with __next__ and not generators: a StopIteration out of a function that they call ends them, an error
# does not.

from _collections import _named_in_full

__all__ = ["accumulate", "chain", "combinations", "combinations_with_replacement", "compress", "count", "cycle",
           "dropwhile", "filterfalse", "groupby", "islice", "pairwise", "permutations", "product", "repeat",
           "starmap", "takewhile", "tee", "zip_longest"]


class _missing:
    # Stands for what is not there. A class, so that it stays what it is when an iterator is copied.
    pass


def _remade(cls, values):
    self = object.__new__(cls)
    for name, value in values.items():
        setattr(self, name, value)
    return self


def _by_slots(self):
    """What a copy is made of: the class, and what stands in the slots."""
    names = [name for kind in type(self).__mro__[:-1] for name in _as_names(kind.__dict__.get("__slots__", ()))]
    values = {name: getattr(self, name) for name in names if name[:2] != "__" and hasattr(self, name)}
    # Each copy counts for itself.
    values.update((name, value[:]) for name, value in values.items() if type(value) is list)
    return _remade, (type(self), values), getattr(self, "__dict__", None) or None


def _as_names(slots):
    return (slots,) if isinstance(slots, str) else slots


def _as_index(value):
    """An index of any integer-like object."""
    return range(value).stop if not isinstance(value, int) else value


@_named_in_full
class count:
    """start, start + step, start + 2 * step, ..."""

    __slots__ = "_next", "_step"

    def __new__(cls, start=0, step=1):
        if not (hasattr(start, "__index__") or hasattr(start, "__float__") or isinstance(start, complex)) \
                or not (hasattr(step, "__index__") or hasattr(step, "__float__") or isinstance(step, complex)):
            raise TypeError("a number is required")
        self = super().__new__(cls)
        self._next = start
        self._step = step
        return self

    def __iter__(self):
        return self

    def __next__(self):
        value = self._next
        self._next = value + self._step
        return value

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return f"{type(self).__name__}({self._next!r})"
        return f"{type(self).__name__}({self._next!r}, {self._step!r})"

    def __reduce__(self):
        if type(self._step) is int and self._step == 1:
            return type(self), (self._next,)
        return type(self), (self._next, self._step)


@_named_in_full
class cycle:
    """The items again and again."""

    __slots__ = "_items", "_saved", "_place"

    def __new__(cls, iterable, /):
        self = super().__new__(cls)
        self._items = iter(iterable)
        self._saved = []
        self._place = 0
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._items is not None:
            for item in self._items:
                self._saved.append(item)
                return item
            self._items = None
        saved = self._saved
        if not saved:
            raise StopIteration
        item = saved[self._place]
        self._place = (self._place + 1) % len(saved)
        return item

    def __reduce__(self):
        # Copies share what has been saved, as they share the items.
        return _remade, (type(self), {"_items": self._items, "_saved": self._saved, "_place": self._place})


@_named_in_full
class repeat:
    """The same object, endlessly or a number of times."""

    __slots__ = "_object", "_times"

    def __new__(cls, object, times=_missing):
        self = super().__new__(cls)
        self._object = object
        self._times = None if times is _missing else max(_as_index(times), 0)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._times is not None:
            if self._times == 0:
                raise StopIteration
            self._times -= 1
        return self._object

    def __length_hint__(self):
        if self._times is None:
            raise TypeError("len() of unsized object")
        return self._times

    def __repr__(self):
        name = type(self).__name__
        return f"{name}({self._object!r})" if self._times is None else f"{name}({self._object!r}, {self._times})"

    def __reduce__(self):
        return type(self), (self._object,) if self._times is None else (self._object, self._times)


@_named_in_full
class chain:
    """The items of one iterable after another's."""

    __slots__ = "_sources", "_active"

    def __new__(cls, *iterables):
        sources = iter(iterables)
        self = super().__new__(cls)
        self._sources = sources
        self._active = None
        return self

    @classmethod
    def from_iterable(cls, iterable, /):
        """The same where the iterables come from an iterable themselves, when they are needed."""
        self = cls.__new__(cls)
        self._sources = iter(iterable)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        while self._sources is not None:
            if self._active is None:
                for source in self._sources:
                    break
                else:
                    self._sources = None
                    break
                try:
                    self._active = iter(source)
                except BaseException:
                    self._sources = None
                    raise
            for item in self._active:
                return item
            self._active = None
        raise StopIteration

    __class_getitem__ = classmethod(type(list[int]))

    __reduce__ = _by_slots


@_named_in_full
class islice:
    """Some of the items, by start, stop and step."""

    __slots__ = "_items", "_place", "_next", "_stop", "_step"

    def __new__(cls, iterable=_missing, /, *bounds):
        if iterable is _missing:
            raise TypeError("islice expected at least 2 arguments, got 0")
        if not 1 <= len(bounds) <= 3:
            many = len(bounds) > 3
            raise TypeError(f"islice expected at {'most 4' if many else 'least 2'} arguments, got {len(bounds) + 1}")
        start, stop, step = (0, bounds[0], 1) if len(bounds) == 1 else (*bounds, 1)[:3]
        self = super().__new__(cls)
        try:
            self._stop = None if stop is None else _as_index(stop)
        except TypeError:
            self._stop = -1
        if self._stop is not None and self._stop < 0:
            if len(bounds) == 1:
                raise ValueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
            raise ValueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        try:
            self._next = 0 if start is None else _as_index(start)
        except TypeError:
            self._next = -1
        if self._next < 0:
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        try:
            self._step = 1 if step is None else _as_index(step)
        except TypeError:
            self._step = -1
        if self._step < 1:
            raise ValueError("Step for islice() must be a positive integer or None.")
        self._items = iter(iterable)
        self._place = 0
        return self

    def __iter__(self):
        return self

    def __next__(self):
        items = self._items
        if items is None:
            raise StopIteration
        stop = self._stop
        wanted = self._next if stop is None else min(self._next, stop)
        while self._place < wanted:
            for item in items:
                break
            else:
                self._items = None
                raise StopIteration
            self._place += 1
        if stop is not None and self._place >= stop:
            self._items = None
            raise StopIteration
        for item in items:
            break
        else:
            self._items = None
            raise StopIteration
        self._place += 1
        self._next += self._step
        return item

    __reduce__ = _by_slots


@_named_in_full
class takewhile:
    """The items as long as a function of them is true."""

    __slots__ = "_predicate", "_items", "_stopped"

    def __new__(cls, predicate, iterable, /):
        self = super().__new__(cls)
        self._predicate = predicate
        self._items = iter(iterable)
        self._stopped = False
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._stopped:
            raise StopIteration
        for item in self._items:
            if self._predicate(item):
                return item
            self._stopped = True
            break
        raise StopIteration

    __reduce__ = _by_slots


@_named_in_full
class dropwhile:
    """The items from the first on for which a function is false."""

    __slots__ = "_predicate", "_items", "_started"

    def __new__(cls, predicate, iterable, /):
        self = super().__new__(cls)
        self._predicate = predicate
        self._items = iter(iterable)
        self._started = False
        return self

    def __iter__(self):
        return self

    def __next__(self):
        for item in self._items:
            if self._started:
                return item
            if not self._predicate(item):
                self._started = True
                return item
        raise StopIteration

    __reduce__ = _by_slots


@_named_in_full
class filterfalse:
    """The items for which a function is false."""

    __slots__ = "_predicate", "_items"

    def __new__(cls, function, iterable, /):
        self = super().__new__(cls)
        self._predicate = bool if function is None else function
        self._items = iter(iterable)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        for item in self._items:
            if not self._predicate(item):
                return item
        raise StopIteration

    __reduce__ = _by_slots


@_named_in_full
class compress:
    """The items whose selectors are true."""

    __slots__ = "_items", "_selectors"

    def __new__(cls, data, selectors):
        self = super().__new__(cls)
        self._items = iter(data)
        self._selectors = iter(selectors)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        for item in self._items:
            for selector in self._selectors:
                break
            else:
                break
            if selector:
                return item
        raise StopIteration

    __reduce__ = _by_slots


@_named_in_full
class starmap:
    """The results of a function called with each item as its arguments."""

    __slots__ = "_function", "_items"

    def __new__(cls, function, iterable, /):
        self = super().__new__(cls)
        self._function = function
        self._items = iter(iterable)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        for item in self._items:
            return self._function(*item) if type(item) is tuple else self._function(*tuple(item))
        raise StopIteration

    __reduce__ = _by_slots


@_named_in_full
class accumulate:
    """Running totals, or running results of another function of two."""

    __slots__ = "_items", "_function", "_total", "_initial"

    def __new__(cls, iterable, func=None, *, initial=None):
        self = super().__new__(cls)
        self._items = iter(iterable)
        self._function = func
        self._total = _missing
        self._initial = initial
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._initial is not None:
            self._total, self._initial = self._initial, None
            return self._total
        for item in self._items:
            if self._total is _missing:
                self._total = item
            elif self._function is None:
                self._total = self._total + item
            else:
                self._total = self._function(self._total, item)
            return self._total
        raise StopIteration

    __reduce__ = _by_slots


@_named_in_full
class pairwise:
    """Each item with the one before it."""

    __slots__ = "_items", "_old"

    def __new__(cls, iterable, /):
        self = super().__new__(cls)
        self._items = iter(iterable)
        self._old = _missing
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._items is None:
            raise StopIteration
        if self._old is _missing:
            for item in self._items:
                self._old = item
                break
        for item in self._items:
            pair = self._old, item
            self._old = item
            return pair
        self._items = None
        self._old = _missing
        raise StopIteration

    def __reduce__(self):
        raise TypeError(f"cannot pickle '{'itertools.' * (type(self) is pairwise)}{type(self).__name__}' object")


@_named_in_full
class zip_longest:
    """Like zip, but to the end of the longest; what is missing is filled in."""

    __slots__ = "_sources", "_active", "_fill"

    def __new__(cls, *iterables, **options):
        fillvalue = options.pop("fillvalue", None)
        if options:
            raise TypeError("zip_longest() got an unexpected keyword argument")
        self = super().__new__(cls)
        self._sources = [iter(iterable) for iterable in iterables]
        self._active = len(iterables)
        self._fill = fillvalue
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if not self._active:
            raise StopIteration
        values = []
        for place, source in enumerate(self._sources):
            value = self._fill
            if source is not None:
                for value in source:
                    break
                else:
                    self._active -= 1
                    if not self._active:
                        raise StopIteration
                    self._sources[place] = None
                    value = self._fill
            values.append(value)
        return tuple(values)

    __reduce__ = _by_slots


@_named_in_full
class groupby:
    """Runs of items with the same key: pairs of the key and an iterator over the run."""

    __slots__ = "_items", "_keyfunc", "_target", "_key", "_value", "_group"

    def __new__(cls, iterable, key=None):
        self = super().__new__(cls)
        self._items = iter(iterable)
        self._keyfunc = key
        self._target = self._key = self._value = _missing
        self._group = None
        return self

    def __iter__(self):
        return self

    def __next__(self):
        self._group = None
        # To the end of the run before, which nobody may have read.
        while self._key is _missing or self._target is not _missing and self._target == self._key:
            self._step()
        self._target = self._key
        self._group = _grouper(self, self._key)
        return self._key, self._group

    def _step(self):
        for value in self._items:
            self._key = value if self._keyfunc is None else self._keyfunc(value)
            self._value = value
            return
        raise StopIteration

    __reduce__ = _by_slots


class _grouper:
    __slots__ = "_parent", "_target"

    def __init__(self, parent, target):
        self._parent = parent
        self._target = target

    def __iter__(self):
        return self

    def __next__(self):
        parent = self._parent
        # Only the latest run can still be read.
        if parent._group is not self:
            raise StopIteration
        if parent._value is _missing:
            parent._step()
        if not self._target == parent._key:
            raise StopIteration
        value = parent._value
        parent._value = _missing
        return value


class _tee_link:
    """An item that some of the iterators have still to read, and the link after it."""

    __slots__ = "value", "next"


class _tee:
    __slots__ = "_items", "_link", "__weakref__"

    def __new__(cls, iterable, /):
        self = super().__new__(cls)
        if isinstance(iterable, _tee):
            self._items = iterable._items
            self._link = iterable._link
        else:
            self._items = iter(iterable)
            self._link = _tee_link()
            self._link.next = None
        return self

    def __iter__(self):
        return self

    def __next__(self):
        link = self._link
        if link.next is None:
            for value in self._items:
                break
            else:
                raise StopIteration
            link.value = value
            link.next = _tee_link()
            link.next.next = None
        self._link = link.next
        return link.value

    def __copy__(self):
        return _tee(self)

    __reduce__ = _by_slots


def tee(iterable, n=2, /):
    """Iterators that read the same items independently."""
    n = _as_index(n)
    if n < 0:
        raise ValueError("n must be >= 0")
    if n == 0:
        return ()
    items = iter(iterable)
    first = items.__copy__() if hasattr(items, "__copy__") and not isinstance(items, _tee) else None
    if first is None:
        first = items if isinstance(items, _tee) else _tee(items)
        return (first,) + tuple(_tee(first) for _ in range(n - 1))
    return (items,) + tuple(items.__copy__() for _ in range(n - 1))


class _counting:
    """An iterator over tuples of items, chosen by a list of places that a subclass advances."""

    __slots__ = "_pool", "_places", "_state"

    def __iter__(self):
        return self

    def __next__(self):
        if self._state == 0:
            self._state = 1
        elif self._state == 1 and not self._advance():
            self._state = 2
        if self._state == 2:
            raise StopIteration
        return self._tuple()

    def _tuple(self):
        pool = self._pool
        return tuple([pool[i] for i in self._places])

    __reduce__ = _by_slots


def _check_r(r):
    r = _as_index(r)
    if r < 0:
        raise ValueError("r must be non-negative")
    return r


@_named_in_full
class product(_counting):
    """All tuples with one item of each iterable, the last one changing fastest."""

    __slots__ = ()

    def __new__(cls, *iterables, repeat=1):
        repeat = _as_index(repeat)
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        self = super().__new__(cls)
        self._pool = [tuple(iterable) for iterable in iterables] * repeat
        self._places = [0] * len(self._pool)
        self._state = 0 if all(self._pool) else 2
        return self

    def _advance(self):
        places, pools = self._places, self._pool
        for i in range(len(places) - 1, -1, -1):
            places[i] += 1
            if places[i] < len(pools[i]):
                return True
            places[i] = 0
        return False

    def _tuple(self):
        return tuple([pool[i] for pool, i in zip(self._pool, self._places)])


@_named_in_full
class combinations(_counting):
    """All choices of r items, each in the order in which they came."""

    __slots__ = ()

    def __new__(cls, iterable, r):
        self = super().__new__(cls)
        self._pool = tuple(iterable)
        r = _check_r(r)
        self._state = 0 if r <= len(self._pool) else 2
        self._places = list(range(r)) if self._state == 0 else []
        return self

    def _advance(self):
        places, n, r = self._places, len(self._pool), len(self._places)
        for i in range(r - 1, -1, -1):
            if places[i] != i + n - r:
                break
        else:
            return False
        places[i] += 1
        for j in range(i + 1, r):
            places[j] = places[j - 1] + 1
        return True


@_named_in_full
class combinations_with_replacement(_counting):
    """All choices of r items where an item can be chosen again."""

    __slots__ = ()

    def __new__(cls, iterable, r):
        self = super().__new__(cls)
        self._pool = tuple(iterable)
        r = _check_r(r)
        self._state = 0 if self._pool or r == 0 else 2
        self._places = [0] * r if self._state == 0 else []
        return self

    def _advance(self):
        places, last = self._places, len(self._pool) - 1
        for i in range(len(places) - 1, -1, -1):
            if places[i] != last:
                break
        else:
            return False
        places[i:] = [places[i] + 1] * (len(places) - i)
        return True


@_named_in_full
class permutations(_counting):
    """All orders of r items."""

    __slots__ = "_indices", "_cycles"

    def __new__(cls, iterable, r=None):
        self = super().__new__(cls)
        self._pool = tuple(iterable)
        n = len(self._pool)
        if r is not None and not isinstance(r, int):
            raise TypeError("Expected int as r")
        r = n if r is None else _check_r(r)
        self._state = 0 if r <= n else 2
        self._indices = list(range(n))
        self._cycles = list(range(n, n - r, -1)) if self._state == 0 else []
        self._places = self._indices[:r]
        return self

    def _advance(self):
        indices, cycles, n = self._indices, self._cycles, len(self._pool)
        r = len(cycles)
        for i in range(r - 1, -1, -1):
            cycles[i] -= 1
            if cycles[i] == 0:
                indices[i:] = indices[i + 1:] + indices[i:i + 1]
                cycles[i] = n - i
            else:
                j = n - cycles[i]
                indices[i], indices[j] = indices[j], indices[i]
                self._places = indices[:r]
                return True
        return False
