"""Constants of character classes, and templates."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Template"]

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
