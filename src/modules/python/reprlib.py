"""repr() with limits, for what is long or contains itself."""

import builtins
from functools import WRAPPER_ASSIGNMENTS
from itertools import islice

__all__ = ["Repr", "repr", "recursive_repr"]


def recursive_repr(fillvalue="..."):
    """A decorator for __repr__: an object inside of itself is shown as the fill value."""
    def decorating_function(user_function):
        running = set()

        def wrapper(self):
            key = id(self)
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return user_function(self)
            finally:
                running.discard(key)

        for name in WRAPPER_ASSIGNMENTS:
            if hasattr(user_function, name):
                setattr(wrapper, name, getattr(user_function, name))
        return wrapper

    return decorating_function


def _sorted(items):
    """In order where they have one."""
    try:
        return sorted(items)
    except Exception:
        return list(items)


class Repr:
    """The limits, and a method repr_TYPE for each type that has one of its own."""

    def __init__(self):
        self.maxlevel = 6
        self.maxtuple = 6
        self.maxlist = 6
        self.maxarray = 5
        self.maxdict = 4
        self.maxset = 6
        self.maxfrozenset = 6
        self.maxdeque = 6
        self.maxstring = 30
        self.maxlong = 40
        self.maxother = 30
        self.fillvalue = "..."

    def repr(self, x):
        """The text of an object within the limits."""
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        """The same at a level of nesting that counts down."""
        method = getattr(self, "repr_" + type(x).__name__.replace(" ", "_"), None)
        return self.repr_instance(x, level) if method is None else method(x, level)

    def _items(self, items, level, left, right, limit, trail=""):
        count = len(items)
        if level <= 0 and count:
            text = self.fillvalue
        else:
            pieces = [self.repr1(item, level - 1) for item in islice(items, limit)]
            if count > limit:
                pieces.append(self.fillvalue)
            text = ", ".join(pieces)
            if count == 1 and trail:
                right = trail + right
        return left + text + right

    def _cut(self, text, limit):
        if len(text) <= limit:
            return text
        start = max(0, (limit - 3) // 2)
        end = max(0, limit - 3 - start)
        return text[:start] + self.fillvalue + text[len(text) - end:]

    def repr_tuple(self, x, level):
        return self._items(x, level, "(", ")", self.maxtuple, ",")

    def repr_list(self, x, level):
        return self._items(x, level, "[", "]", self.maxlist)

    def repr_array(self, x, level):
        if not x:
            return f"array('{x.typecode}')"
        return self._items(x, level, f"array('{x.typecode}', [", "])", self.maxarray)

    def repr_set(self, x, level):
        return self._items(_sorted(x), level, "{", "}", self.maxset) if x else "set()"

    def repr_frozenset(self, x, level):
        return self._items(_sorted(x), level, "frozenset({", "})", self.maxfrozenset) if x else "frozenset()"

    def repr_deque(self, x, level):
        return self._items(x, level, "deque([", "])", self.maxdeque)

    def repr_dict(self, x, level):
        if not x:
            return "{}"
        if level <= 0:
            return "{" + self.fillvalue + "}"
        pieces = [f"{self.repr1(key, level - 1)}: {self.repr1(x[key], level - 1)}"
                  for key in islice(_sorted(x), self.maxdict)]
        if len(x) > self.maxdict:
            pieces.append(self.fillvalue)
        return "{" + ", ".join(pieces) + "}"

    def repr_str(self, x, level):
        text = builtins.repr(x[:self.maxstring])
        if len(text) <= self.maxstring:
            return text
        start = max(0, (self.maxstring - 3) // 2)
        end = max(0, self.maxstring - 3 - start)
        text = builtins.repr(x[:start] + x[len(x) - end:])
        return text[:start] + self.fillvalue + text[len(text) - end:]

    def repr_int(self, x, level):
        return self._cut(builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            text = builtins.repr(x)
        except Exception:
            return f"<{type(x).__name__} instance at {id(x):#x}>"
        return self._cut(text, self.maxother)


aRepr = Repr()
repr = aRepr.repr
