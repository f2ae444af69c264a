"""Support to pretty-print lists, tuples, & dictionaries recursively.

Very simple, but useful, especially in debugging data structures.

What fits in a line is shown by its repr. What does not is opened: a writer, found by the `__repr__` of its type, writes
its parts below each other and hands each back to the printer. Where the cursor stands is a `_Spot`.
"""

import collections as _collections
import dataclasses as _dataclasses
import sys as _sys
import types as _types
from io import StringIO as _StringIO

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    """Pretty-print a Python object to a stream [default is sys.stdout]."""
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Format a Python object into a pretty-printed representation."""
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """Pretty-print a Python object"""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """Version of repr() which can handle recursive data structures."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Determine if saferepr(object) is readable by eval()."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    """Determine if object requires a recursive representation."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _safe_key:
    """Orders what cannot be compared by type and address."""

    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _safe_tuple(pair):
    return _safe_key(pair[0]), _safe_key(pair[1])


class _Spot:
    """Where an object is written: the column, what must fit behind it, what it stands in, and how deep that is."""

    __slots__ = ("indent", "allowance", "context", "level")

    def __init__(self, indent, allowance, context, level):
        self.indent, self.allowance, self.context, self.level = indent, allowance, context, level

    def moved(self, columns, behind):
        """Further to the right, with so much more behind."""
        return _Spot(self.indent + columns, self.allowance + behind, self.context, self.level)

    def inside(self, behind, is_last):
        """For an item: what stands behind the whole matters to the last one only."""
        return _Spot(self.indent, self.allowance if is_last else behind, self.context, self.level)

    @property
    def new_line(self):
        return "\n" + " " * self.indent


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        """Handle pretty printing operations onto a stream using a set of
        configured parameters.

        indent
            Number of spaces to indent for each level of nesting.

        width
            Attempted maximum number of columns in the output.

        depth
            The maximum depth to print out nested structures.

        stream
            The desired output stream.  If omitted (or false), the standard
            output stream available at construction will be used.

        compact
            If true, several items will be combined in one line.

        sort_dicts
            If true, dict keys are sorted.

        """
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = _sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        stream = _StringIO()
        self._format(object, stream, 0, 0, {}, 0)
        return stream.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """Format object for a specific context, returning a string
        and flags indicating whether the representation is 'readable'
        and whether the object represents a recursive construct.
        """
        return self._safe_repr(object, context, maxlevels, level)

    def _format(self, object, stream, indent, allowance, context, level):
        self._write(object, stream.write, _Spot(indent, allowance, context, level))

    def _write(self, object, write, spot):
        if id(object) in spot.context:
            write(_recursion(object))
            self._recursive, self._readable = True, False
            return
        shown = self._repr(object, spot.context, spot.level)
        writer = None
        if len(shown) > self._width - spot.indent - spot.allowance:
            writer = _WRITERS.get(type(object).__repr__)
            if writer is None and _is_shown_as_dataclass(object):
                writer = _write_dataclass
        if writer is None:
            write(shown)
            return
        spot.context[id(object)] = 1
        writer(self, object, write, _Spot(spot.indent, spot.allowance, spot.context, spot.level + 1))
        del spot.context[id(object)]

    def _repr(self, object, context, level):
        shown, readable, recursive = self.format(object, context.copy(), self._depth, level)
        if not readable:
            self._readable = False
        if recursive:
            self._recursive = True
        return shown

    def _pairs(self, mapping):
        return sorted(mapping.items(), key=_safe_tuple) if self._sort_dicts else mapping.items()

    def _pad(self, write):
        if self._indent_per_level > 1:
            write(" " * (self._indent_per_level - 1))

    def _write_pairs(self, pairs, write, spot):
        spot = spot.moved(self._indent_per_level, 0)
        last = len(pairs) - 1
        for index, (key, value) in enumerate(pairs):
            shown = self._repr(key, spot.context, spot.level)
            write(shown + ": ")
            self._write(value, write, spot.inside(1, index == last).moved(len(shown) + 2, 0))
            if index != last:
                write("," + spot.new_line)

    def _write_items(self, items, write, spot):
        spot = spot.moved(self._indent_per_level, 0)
        self._pad(write)
        items = list(items)
        line = room = self._width - spot.indent + 1
        between = ""
        for index, item in enumerate(items):
            is_last = index == len(items) - 1
            if is_last:
                line, room = line - spot.allowance, room - spot.allowance
            if self._compact:
                shown = self._repr(item, spot.context, spot.level)
                if room < len(shown) + 2:
                    room = line
                    between = between and "," + spot.new_line
                if room >= len(shown) + 2:
                    room -= len(shown) + 2
                    write(between + shown)
                    between = ", "
                    continue
            write(between)
            between = "," + spot.new_line
            self._write(item, write, spot.inside(1, is_last))

    def _write_fields(self, fields, write, spot):
        fields = list(fields)
        for index, (name, value) in enumerate(fields):
            is_last = index == len(fields) - 1
            write(name + "=")
            if id(value) in spot.context:
                # Shown as the repr of a dataclass or a namespace would show it.
                write("...")
            else:
                self._write(value, write, spot.inside(1, is_last).moved(len(name) + 1, 0))
            if not is_last:
                write("," + spot.new_line)

    def _safe_repr(self, object, context, maxlevels, level):
        kind = type(object)
        if kind in _builtin_scalars:
            return repr(object), True, False
        own = getattr(kind, "__repr__", None)
        if issubclass(kind, int) and own is int.__repr__:
            return (f"{object:_d}" if self._underscore_numbers else repr(object)), True, False
        if issubclass(kind, dict) and own is dict.__repr__:
            return self._safe_row(object, "{", "}", context, maxlevels, level)
        if issubclass(kind, list) and own is list.__repr__:
            return self._safe_row(object, "[", "]", context, maxlevels, level)
        if issubclass(kind, tuple) and own is tuple.__repr__:
            close = ",)" if len(object) == 1 else ")"
            return self._safe_row(object, "(", close, context, maxlevels, level)
        shown = repr(object)
        return shown, (shown and not shown.startswith("<")), False

    def _safe_row(self, object, opening, closing, context, maxlevels, level):
        if not object:
            return opening + closing, True, False
        if maxlevels and level >= maxlevels:
            return opening + "..." + closing, False, id(object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        readable, recursive, shown = True, False, []
        rows = self._pairs(object) if opening == "{" else ((item,) for item in object)
        for row in rows:
            parts = [self.format(part, context.copy(), maxlevels, level + 1) for part in row]
            shown.append(": ".join(part[0] for part in parts))
            readable = readable and all(part[1] for part in parts)
            recursive = recursive or any(part[2] for part in parts)
        del context[id(object)]
        return opening + ", ".join(shown) + closing, readable, recursive


_builtin_scalars = frozenset({str, bytes, bytearray, float, complex, bool, type(None)})


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


def _name(object):
    return type(object).__name__


def _is_shown_as_dataclass(object):
    return (_dataclasses.is_dataclass(object) and not isinstance(object, type)
            and object.__dataclass_params__.repr
            # What a program has written itself is not looked into.
            and hasattr(object.__repr__, "__wrapped__")
            and "__create_fn__" in object.__repr__.__wrapped__.__qualname__)


def _write_dataclass(printer, object, write, spot):
    write(_name(object) + "(")
    fields = [(field.name, getattr(object, field.name)) for field in _dataclasses.fields(object) if field.repr]
    printer._write_fields(fields, write, spot.moved(len(_name(object)) + 1, 0))
    write(")")


def _write_dict(printer, object, write, spot):
    write("{")
    printer._pad(write)
    printer._write_pairs(list(printer._pairs(object)), write, spot.moved(0, 1))
    write("}")


def _write_ordered_dict(printer, object, write, spot):
    if not len(object):
        return write(repr(object))
    write(_name(object) + "(")
    printer._write(list(object.items()), write, spot.moved(len(_name(object)) + 1, 1))
    write(")")


def _write_list(printer, object, write, spot):
    write("[")
    printer._write_items(object, write, spot.moved(0, 1))
    write("]")


def _write_tuple(printer, object, write, spot):
    closing = ",)" if len(object) == 1 else ")"
    write("(")
    printer._write_items(object, write, spot.moved(0, len(closing)))
    write(closing)


def _write_set(printer, object, write, spot):
    if not len(object):
        return write(repr(object))
    opening, closing, columns = "{", "}", 0
    if type(object) is not set:
        opening, closing, columns = _name(object) + "({", "})", len(_name(object)) + 1
    write(opening)
    printer._write_items(sorted(object, key=_safe_key), write, spot.moved(columns, len(closing)))
    write(closing)


def _words(line):
    """Words with the blanks behind them; blanks in front are a piece of their own."""
    pieces, start, at = [], 0, 0
    while at < len(line):
        while at < len(line) and not line[at].isspace():
            at += 1
        while at < len(line) and line[at].isspace():
            at += 1
        pieces.append(line[start:at])
        start = at
    return pieces


def _chunks_of_text(text, room, allowance):
    """Pieces of a text that fit in lines, shown; only behind the last one something else must fit."""
    chunks = []
    lines = text.splitlines(True)
    for number, line in enumerate(lines):
        is_last_line = number == len(lines) - 1
        shown = repr(line)
        if len(shown) <= room - (allowance if is_last_line else 0):
            chunks.append(shown)
            continue
        words, current = _words(line), ""
        for index, word in enumerate(words):
            is_last = is_last_line and index == len(words) - 1
            if len(repr(current + word)) > room - (allowance if is_last else 0):
                if current:
                    chunks.append(repr(current))
                current = word
            else:
                current += word
        if current:
            chunks.append(repr(current))
    return chunks


def _write_chunks(chunks, write, spot, has_parentheses):
    write(("(" if has_parentheses else "") + spot.new_line.join(chunks) + (")" if has_parentheses else ""))


def _write_str(printer, object, write, spot):
    if not len(object):
        return write(repr(object))
    is_outermost = spot.level == 1
    if is_outermost:
        spot = spot.moved(1, 1)
    chunks = _chunks_of_text(object, printer._width - spot.indent, spot.allowance)
    _write_chunks(chunks, write, spot, is_outermost and len(chunks) > 1)


def _wrap_bytes_repr(object, width, allowance):
    current = b""
    last = len(object) // 4 * 4
    for start in range(0, len(object), 4):
        part = object[start:start + 4]
        if start == last:
            width -= allowance
        if len(repr(current + part)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current += part
    if current:
        yield repr(current)


def _write_bytes(printer, object, write, spot):
    if len(object) <= 4:
        return write(repr(object))
    is_outermost = spot.level == 1
    if is_outermost:
        spot = spot.moved(1, 1)
    chunks = _wrap_bytes_repr(object, printer._width - spot.indent, spot.allowance)
    _write_chunks(chunks, write, spot, is_outermost)


def _write_bytearray(printer, object, write, spot):
    write("bytearray(")
    inner = spot.moved(10, 1)
    inner.level += 1
    _write_bytes(printer, bytes(object), write, inner)
    write(")")


def _write_mapping_proxy(printer, object, write, spot):
    write("mappingproxy(")
    printer._write(object.copy(), write, spot.moved(13, 1))
    write(")")


def _write_namespace(printer, object, write, spot):
    # The type itself shows itself under another name.
    name = "namespace" if type(object) is _types.SimpleNamespace else _name(object)
    write(name + "(")
    printer._write_fields(object.__dict__.items(), write, spot.moved(len(name) + 1, 0))
    write(")")


def _write_default_dict(printer, object, write, spot):
    if not len(object):
        return write(repr(object))
    factory = printer._repr(object.default_factory, spot.context, spot.level)
    spot = spot.moved(len(_name(object)) + 1, 1)
    write(f"{_name(object)}({factory},{spot.new_line}")
    _write_dict(printer, object, write, spot)
    write(")")


def _write_counter(printer, object, write, spot):
    if not len(object):
        return write(repr(object))
    write(_name(object) + "({")
    printer._pad(write)
    printer._write_pairs(object.most_common(), write, spot.moved(len(_name(object)) + 1, 2))
    write("})")


def _write_chain_map(printer, object, write, spot):
    if not len(object.maps):
        return write(repr(object))
    write(_name(object) + "(")
    spot = spot.moved(len(_name(object)) + 1, 1)
    for index, mapping in enumerate(object.maps):
        if index > 0:
            write("," + spot.new_line)
        printer._write(mapping, write, spot.inside(1, index == len(object.maps) - 1))
    write(")")


def _write_deque(printer, object, write, spot):
    if not len(object):
        return write(repr(object))
    write(_name(object) + "([")
    spot = spot.moved(len(_name(object)) + 1, 2)
    if object.maxlen is None:
        printer._write_items(object, write, spot)
        write("])")
        return
    printer._write_items(object, write, spot.inside(2, False))
    write(f"],{spot.new_line}maxlen={printer._repr(object.maxlen, spot.context, spot.level)})")


def _write_data(printer, object, write, spot):
    printer._write(object.data, write, _Spot(spot.indent, spot.allowance, spot.context, spot.level - 1))


_WRITERS = {
    dict.__repr__: _write_dict,
    _collections.OrderedDict.__repr__: _write_ordered_dict,
    list.__repr__: _write_list,
    tuple.__repr__: _write_tuple,
    set.__repr__: _write_set,
    frozenset.__repr__: _write_set,
    str.__repr__: _write_str,
    bytes.__repr__: _write_bytes,
    bytearray.__repr__: _write_bytearray,
    _types.MappingProxyType.__repr__: _write_mapping_proxy,
    _types.SimpleNamespace.__repr__: _write_namespace,
    _collections.defaultdict.__repr__: _write_default_dict,
    _collections.Counter.__repr__: _write_counter,
    _collections.ChainMap.__repr__: _write_chain_map,
    _collections.deque.__repr__: _write_deque,
    _collections.UserDict.__repr__: _write_data,
    _collections.UserList.__repr__: _write_data,
    _collections.UserString.__repr__: _write_data,
}
