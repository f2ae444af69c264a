"""Constants of character classes, and templates."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Capitalize every word."""
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


_name_start = ascii_letters + "_"
_name_rest = _name_start + digits


class Template:
    """A text with $name and ${name} to be replaced; $$ stands for a dollar sign."""

    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _parts(self):
        """The text in parts: (text, name, place), where name is None for plain text and "" for what is invalid."""
        text = self.template
        place = 0
        while True:
            found = text.find(self.delimiter, place)
            if found < 0:
                yield text[place:], None, place
                return
            yield text[place:found], None, place
            start = found + len(self.delimiter)
            braced = text.startswith("{", start)
            begin = end = start + braced
            while end < len(text) and text[end] in (_name_start if end == begin else _name_rest):
                end += 1
            if text.startswith(self.delimiter, start):
                yield self.delimiter, None, found
                place = start + len(self.delimiter)
            elif end == begin or braced and not text.startswith("}", end):
                yield self.delimiter, "", found
                place = start
            else:
                place = end + braced
                yield text[found:place], text[begin:end], found

    def _invalid(self, place):
        place += len(self.delimiter)
        lines = self.template[:place].splitlines(keepends=True)
        column = place - len("".join(lines[:-1]))
        raise ValueError(f"Invalid placeholder in string: line {len(lines)}, col {column}")

    def substitute(self, mapping={}, /, **kws):
        """Replace every name; one that is missing is a KeyError."""
        result = []
        for text, name, place in self._parts():
            if name is None:
                result.append(text)
            elif name == "":
                self._invalid(place)
            else:
                result.append(str(kws[name] if name in kws else mapping[name]))
        return "".join(result)

    def safe_substitute(self, mapping={}, /, **kws):
        """Replace the names that are known and leave the others."""
        result = []
        for text, name, _ in self._parts():
            if name:
                try:
                    text = str(kws[name] if name in kws else mapping[name])
                except KeyError:
                    pass
            result.append(text)
        return "".join(result)

    def is_valid(self):
        """Whether every sign of the template is followed by a name."""
        return all(name != "" for _, name, _ in self._parts())

    def get_identifiers(self):
        """The names in the template, each once."""
        return list(dict.fromkeys(name for _, name, _ in self._parts() if name))


def _closing(text, start):
    """The place of the brace that closes a replacement field, or -1."""
    depth = 1
    in_brackets = False
    for place in range(start, len(text)):
        character = text[place]
        if character == "[" and depth == 1 and ":" not in text[start:place]:
            in_brackets = True
        elif character == "]":
            in_brackets = False
        elif not in_brackets and character in "{}":
            depth += 1 if character == "{" else -1
            if depth == 0:
                return place
    return -1


def _replacement(field):
    """The parts of a replacement field: name, format and conversion."""
    in_brackets = False
    for place, character in enumerate(field):
        if character in "[]":
            in_brackets = character == "["
        elif in_brackets:
            continue
        elif character == "{":
            raise ValueError("unexpected '{' in field name")
        elif character == ":":
            return field[:place], field[place + 1:], None
        elif character == "!":
            name, rest = field[:place], field[place + 1:]
            if not rest:
                raise ValueError("unmatched '{' in format spec")
            if len(rest) > 1 and rest[1] != ":":
                raise ValueError("expected ':' after conversion specifier")
            return name, rest[2:], rest[0]
    return field, "", None


class Formatter:
    """What str.format does, in methods that can be replaced."""

    def format(self, format_string, /, *args, **kwargs):
        """Replace the fields of a text by arguments."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """The same with the arguments as a sequence and a mapping."""
        used = set()
        result, _ = self._formatted(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _formatted(self, text, args, kwargs, used, depth, number):
        """The text with its fields replaced, and the number of the next field without a name; False after others."""
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, name, spec, conversion in self.parse(text):
            if literal:
                result.append(literal)
            if name is None:
                continue
            if name == "":
                if number is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name, number = str(number), number + 1
            elif name.isdigit():
                if number:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                number = False
            value, key = self.get_field(name, args, kwargs)
            used.add(key)
            value = self.convert_field(value, conversion)
            spec, number = self._formatted(spec, args, kwargs, used, depth - 1, number)
            result.append(self.format_field(value, spec))
        return "".join(result), number

    def get_value(self, key, args, kwargs):
        """An argument by its number or name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """Called with what the text has used."""

    def format_field(self, value, format_spec):
        """A value as text."""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """A value after !s, !r or !a."""
        if conversion is None:
            return value
        if conversion not in ("s", "r", "a"):
            raise ValueError(f"Unknown conversion specifier {conversion}")
        return {"s": str, "r": repr, "a": ascii}[conversion](value)

    def parse(self, format_string):
        """The text in parts: (text, name, format, conversion), where name is None at the end of the text."""
        text = []
        place = 0
        while place < len(format_string):
            character = format_string[place]
            place += 1
            if character not in "{}":
                text.append(character)
            elif format_string.startswith(character, place):
                place += 1
                yield "".join(text) + character, None, None, None
                text.clear()
            elif character == "}":
                raise ValueError("Single '}' encountered in format string")
            elif place == len(format_string):
                raise ValueError("Single '{' encountered in format string")
            else:
                end = _closing(format_string, place)
                if end < 0:
                    raise ValueError("expected '}' before end of string")
                yield ("".join(text), *_replacement(format_string[place:end]))
                text.clear()
                place = end + 1
        if text:
            yield "".join(text), None, None, None

    def get_field(self, field_name, args, kwargs):
        """The value that a name like 0.x[key] stands for, and its first part."""
        end = min((place for place in map(field_name.find, ".[") if place >= 0), default=len(field_name))
        first = field_name[:end]
        first = int(first) if first.isdigit() else first
        value = self.get_value(first, args, kwargs)
        while end < len(field_name):
            if field_name[end] == ".":
                start = end + 1
                end = min((place for place in (field_name.find(sign, start) for sign in ".[") if place >= 0),
                          default=len(field_name))
                if end == start:
                    raise ValueError("Empty attribute in format string")
                value = getattr(value, field_name[start:end])
                continue
            if field_name[end] != "[":
                raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
            start, end = end + 1, field_name.find("]", end)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            if end == start:
                raise ValueError("Empty attribute in format string")
            key = field_name[start:end]
            value = value[int(key) if key.isdigit() else key]
            end += 1
        return value, first
