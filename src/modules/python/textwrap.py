"""Indenting and filling text."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]


def dedent(text):
    """Take off the white space that all lines begin with."""
    lines = text.split("\n")
    margin = None
    for number, line in enumerate(lines):
        content = line.lstrip(" \t")
        if not content:
            lines[number] = ""
            continue
        space = line[:len(line) - len(content)]
        if margin is None:
            margin = space
            continue
        common = 0
        while common < min(len(margin), len(space)) and margin[common] == space[common]:
            common += 1
        margin = margin[:common]
    if margin:
        lines = [line[len(margin):] for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    """Put a prefix before the lines that are not blank, or for which a function is true."""
    if predicate is None:
        predicate = str.strip
    return "".join(prefix + line if predicate(line) else line for line in text.splitlines(True))


class TextWrapper:
    """Breaks texts into lines, as its attributes say."""

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=" [...]"):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def wrap(self, text):
        """The lines of a text."""
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(dict.fromkeys(map(ord, _BLANKS), " "))
        pieces = self._split(text)
        if self.fix_sentence_endings:
            for place in range(len(pieces) - 1):
                if pieces[place + 1] == " " and _ends_sentence(pieces[place]):
                    pieces[place + 1] = "  "
        return self._lines(pieces[::-1])

    def fill(self, text):
        """The same as one text."""
        return "\n".join(self.wrap(text))

    def _split(self, text):
        return list(_pieces(text, self.break_on_hyphens))

    def _lines(self, pieces):
        # The pieces stand in reverse order: the next one is the last.
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        while pieces:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            line = self._take_line(pieces, width, bool(lines))
            if not line:
                continue
            is_last = not pieces or self.drop_whitespace and len(pieces) == 1 and not pieces[0].strip()
            if self.max_lines is None or len(lines) + 1 < self.max_lines or is_last and _length(line) <= width:
                lines.append(indent + "".join(line))
            else:
                self._end_early(lines, line, indent, width)
                break
        return lines

    def _take_line(self, pieces, width, is_later):
        if self.drop_whitespace and is_later and not pieces[-1].strip():
            pieces.pop()
        line, length = [], 0
        while pieces and length + len(pieces[-1]) <= width:
            length += len(pieces[-1])
            line.append(pieces.pop())
        if pieces and len(pieces[-1]) > width:
            self._break_word(pieces, line, length, width)
        if self.drop_whitespace and line and not line[-1].strip():
            line.pop()
        return line

    def _break_word(self, pieces, line, length, width):
        room = 1 if width < 1 else width - length
        if not self.break_long_words:
            if not line:
                line.append(pieces.pop())
            return
        word = pieces[-1]
        end = room
        if self.break_on_hyphens and len(word) > room:
            hyphen = word.rfind("-", 0, room)
            if hyphen > 0 and any(letter != "-" for letter in word[:hyphen]):
                end = hyphen + 1
        line.append(word[:end])
        pieces[-1] = word[end:]
        if not pieces[-1]:
            pieces.pop()

    def _end_early(self, lines, line, indent, width):
        while line:
            if line[-1].strip() and _length(line) + len(self.placeholder) <= width:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            line.pop()
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())


def _length(line):
    return sum(map(len, line))


def _ends_sentence(word):
    word = word[:-1] if word[-1] in "\"'" else word
    return len(word) > 1 and word[-1] in ".!?" and word[-2].islower()


_BLANKS = "\t\n\x0b\x0c\r "


def _pieces(text, break_on_hyphens):
    """Words, the parts of words with hyphens, and the blanks between them."""
    end = _end_of_part if break_on_hyphens else _end_of_word
    place = 0
    while place < len(text):
        behind = _end_of_run(text, place, _BLANKS) or end(text, place)
        yield text[place:behind]
        place = behind


def _end_of_run(text, place, letters):
    """Where the run of such letters ends that begins here; 0 if there is none."""
    end = place
    while end < len(text) and text[end] in letters:
        end += 1
    return end if end > place else 0


def _end_of_word(text, place):
    while place < len(text) and text[place] not in _BLANKS:
        place += 1
    return place


def _end_of_part(text, place):
    """The end of a word, of a part of it with its hyphen, or of a dash between words."""
    if place and _joins(text[place - 1]) and (end := _end_of_dash(text, place)):
        return end
    for end in range(place + 1, len(text)):
        if text[end] in _BLANKS:
            return end
        if text[end] == "-":
            if _is_hyphen(text, end):
                return end + 1
            if _joins(text[end - 1]) and _end_of_dash(text, end):
                return end
    return len(text)


def _end_of_dash(text, place):
    """The end of two or more hyphens that a word follows, 0 if there are none."""
    end = _end_of_run(text, place, "-")
    return end if end - place > 1 and end < len(text) and _is_word(text[end]) else 0


def _is_hyphen(text, at):
    """Whether a word can be broken behind the hyphen at a place: two letters stand before it, and behind it."""
    before = text[max(at - 3, 0):at]
    is_begun = len(before) > 1 and _is_letter(before[-1]) and _is_letter(before[-2])
    is_begun = is_begun or len(before) == 3 and before[1] == "-" and _is_letter(before[0]) and _is_letter(before[2])
    behind = text[at + 1:at + 4]
    if not is_begun or not behind or not _is_letter(behind[0]):
        return False
    behind = behind[2:] if behind[1:2] == "-" else behind[1:]
    return bool(behind) and _is_letter(behind[0])


def _is_word(letter):
    return letter.isalnum() or letter == "_"


def _is_letter(letter):
    return _is_word(letter) and not letter.isdecimal()


def _joins(letter):
    return _is_word(letter) or letter in "!\"'&.,?"


def wrap(text, width=70, **kwargs):
    """Break a text into lines of a width, between words."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """The same as one text."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The words that fit into a width, with a sign where some are left out."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))
