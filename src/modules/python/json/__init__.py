"""JSON: values as text and back."""

__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]

_WHITESPACE = " \t\n\r"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_UNESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class JSONDecodeError(ValueError):
    """A text that is not JSON: msg, doc, pos, lineno, colno."""

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


JSONDecodeError.__module__ = "json.decoder"


def _quoted(text, ensure_ascii):
    parts = ['"']
    for c in text:
        if c in _ESCAPES:
            parts.append(_ESCAPES[c])
        elif " " <= c < "\x7f" or not ensure_ascii and c >= " ":
            parts.append(c)
        else:
            code = ord(c)
            if code > 0xffff:
                code -= 0x10000
                parts.append(f"\\u{0xd800 | code >> 10:04x}\\u{0xdc00 | code & 0x3ff:04x}")
            else:
                parts.append(f"\\u{code:04x}")
    parts.append('"')
    return "".join(parts)


class JSONEncoder:
    """Makes the text of a value."""

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """Give a value that can be written for one that cannot."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The text of a value."""
        parts = []
        self._write(o, parts.append, "\n", {})
        return "".join(parts)

    def iterencode(self, o, _one_shot=False):
        """The text in pieces."""
        parts = []
        self._write(o, parts.append, "\n", {})
        return iter(parts)

    def _number(self, o):
        if isinstance(o, int):
            return int.__repr__(o)
        if o != o or o in (float("inf"), float("-inf")):
            if not self.allow_nan:
                raise ValueError("Out of range float values are not JSON compliant"
                                 + (f": {o!r}" if self.indent is not None else ""))
            return "NaN" if o != o else "Infinity" if o > 0 else "-Infinity"
        return float.__repr__(o)

    def _write(self, o, write, newline, running):
        if isinstance(o, str):
            write(_quoted(o, self.ensure_ascii))
        elif o is None:
            write("null")
        elif o is True:
            write("true")
        elif o is False:
            write("false")
        elif isinstance(o, (int, float)):
            write(self._number(o))
        else:
            self._write_container(o, write, newline, running)

    def _write_container(self, o, write, newline, running):
        if self.check_circular:
            if id(o) in running:
                raise ValueError("Circular reference detected")
            running[id(o)] = o
        if isinstance(o, (list, tuple)):
            self._write_items("[]", ((None, item) for item in o), write, newline, running)
        elif isinstance(o, dict):
            self._write_items("{}", self._pairs(o), write, newline, running)
        else:
            self._write(self.default(o), write, newline, running)
        if self.check_circular:
            del running[id(o)]

    def _pairs(self, o):
        for key, value in sorted(o.items()) if self.sort_keys else o.items():
            if not isinstance(key, str):
                if key is True or key is False or key is None:
                    key = {True: "true", False: "false", None: "null"}[key]
                elif isinstance(key, (int, float)):
                    key = self._number(key)
                elif self.skipkeys:
                    continue
                else:
                    raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
            yield _quoted(key, self.ensure_ascii) + self.key_separator, value

    def _write_items(self, brackets, items, write, newline, running):
        inner = newline
        if self.indent is not None:
            inner += self.indent if isinstance(self.indent, str) else " " * self.indent
        before = brackets[0] if self.indent is None else brackets[0] + inner
        after = self.item_separator if self.indent is None else self.item_separator + inner
        first = True
        for key, value in items:
            write(before if first else after)
            first = False
            if key is not None:
                write(key)
            self._write(value, write, inner, running)
        if first:
            write(brackets)
        else:
            write(brackets[1] if self.indent is None else newline + brackets[1])


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    """The text of a value."""
    return (cls or JSONEncoder)(
        skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan,
        indent=indent, separators=separators, default=default, sort_keys=sort_keys, **kw).encode(obj)


def dump(obj, fp, **kw):
    """Write the text of a value to a file."""
    fp.write(dumps(obj, **kw))


class JSONDecoder:
    """Reads values from text."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or float
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def decode(self, s):
        """The value of a whole text."""
        value, end = self.raw_decode(s, _skip(s, 0))
        end = _skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The value that begins at a place, and the place after it."""
        return self._value(s, idx)

    def _value(self, s, at):
        c = s[at:at + 1]
        if c == '"':
            return self._string(s, at + 1)
        if c == "{":
            return self._object(s, at + 1)
        if c == "[":
            return self._array(s, at + 1)
        for word, value in ("null", None), ("true", True), ("false", False):
            if s.startswith(word, at):
                return value, at + len(word)
        for word in "NaN", "Infinity", "-Infinity":
            if s.startswith(word, at):
                return self.parse_constant(word.lower().replace("infinity", "inf")), at + len(word)
        return self._number(s, at)

    def _number(self, s, at):
        place = at + (s[at:at + 1] == "-")
        first = place
        place = _digits(s, place)
        if place == first:
            raise JSONDecodeError("Expecting value", s, at)
        if s[first] == "0":
            place = first + 1
        end = place
        if s[place:place + 1] == "." and _digits(s, place + 1) > place + 1:
            end = place = _digits(s, place + 1)
            whole = False
        else:
            whole = True
        if s[place:place + 1] in ("e", "E") and place < len(s):
            begin = place + 1 + (s[place + 1:place + 2] in ("+", "-") and place + 1 < len(s))
            if _digits(s, begin) > begin:
                end = _digits(s, begin)
                whole = False
        return (self.parse_int if whole else self.parse_float)(s[at:end]), end

    def _string(self, s, at):
        begin = at
        parts = []
        while True:
            start = at
            while at < len(s) and s[at] not in '"\\' and s[at] >= " ":
                at += 1
            parts.append(s[start:at])
            if at >= len(s):
                raise JSONDecodeError("Unterminated string starting at", s, begin - 1)
            c = s[at]
            if c == '"':
                return "".join(parts), at + 1
            if c != "\\":
                if self.strict:
                    raise JSONDecodeError("Invalid control character at", s, at)
                parts.append(c)
                at += 1
                continue
            escaped = s[at + 1:at + 2]
            if not escaped:
                raise JSONDecodeError("Unterminated string starting at", s, begin - 1)
            if escaped != "u":
                if escaped not in _UNESCAPES:
                    raise JSONDecodeError("Invalid \\escape", s, at)
                parts.append(_UNESCAPES[escaped])
                at += 2
                continue
            code = _unicode_escape(s, at + 1)
            at += 6
            if 0xd800 <= code <= 0xdbff and s.startswith("\\u", at):
                low = _unicode_escape(s, at + 1)
                if 0xdc00 <= low <= 0xdfff:
                    code = 0x10000 + ((code - 0xd800) << 10 | low - 0xdc00)
                    at += 6
            parts.append(chr(code))

    def _array(self, s, at):
        values = []
        at = _skip(s, at)
        if s[at:at + 1] == "]":
            return values, at + 1
        while True:
            value, at = self._value(s, at)
            values.append(value)
            at = _skip(s, at)
            c = s[at:at + 1]
            if c == "]":
                return values, at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            at = _skip(s, at + 1)

    def _object(self, s, at):
        pairs = []
        at = _skip(s, at)
        if s[at:at + 1] == "}":
            return self._made(pairs), at + 1
        while True:
            if s[at:at + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
            key, at = self._string(s, at + 1)
            at = _skip(s, at)
            if s[at:at + 1] != ":":
                raise JSONDecodeError("Expecting ':' delimiter", s, at)
            value, at = self._value(s, _skip(s, at + 1))
            pairs.append((key, value))
            at = _skip(s, at)
            c = s[at:at + 1]
            if c == "}":
                return self._made(pairs), at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            at = _skip(s, at + 1)

    def _made(self, pairs):
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        value = dict(pairs)
        return value if self.object_hook is None else self.object_hook(value)


def _skip(s, at):
    while at < len(s) and s[at] in _WHITESPACE:
        at += 1
    return at


def _digits(s, at):
    while at < len(s) and "0" <= s[at] <= "9":
        at += 1
    return at


def _unicode_escape(s, at):
    digits = s[at + 1:at + 5]
    if len(digits) == 4 and digits[1] not in "xX":
        try:
            return int(digits, 16)
        except ValueError:
            pass
    raise JSONDecodeError("Invalid \\uXXXX escape", s, at)


def _text_of(data):
    """Bytes as text: in UTF-8, -16 or -32, found by the zeros that the first characters have."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        encoding = "utf-32"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding, data = "utf-8", data[3:]
    else:
        # The first character of a value is ASCII: all but one of its bytes are zero.
        zeros = tuple(not byte for byte in data[:4])
        encoding = {
            (True, True, True, False): "utf-32-be", (False, True, True, True): "utf-32-le",
        }.get(zeros) or {(True, False): "utf-16-be", (False, True): "utf-16-le"}.get(zeros[:2], "utf-8")
    return data.decode(encoding, "surrogatepass")


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None,
          object_pairs_hook=None, **kw):
    """The value of a text."""
    if isinstance(s, (bytes, bytearray)):
        s = _text_of(s)
    elif not isinstance(s, str):
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    elif s.startswith("\ufeff"):
        raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    return (cls or JSONDecoder)(
        object_hook=object_hook, parse_float=parse_float, parse_int=parse_int, parse_constant=parse_constant,
        object_pairs_hook=object_pairs_hook, **kw).decode(s)


def load(fp, **kw):
    """Read a value from a file."""
    return loads(fp.read(), **kw)
