"""Indenting and filling text."""

__all__ = ["dedent", "indent", "fill", "wrap", "shorten"]


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


def wrap(text, width=70, *, initial_indent="", subsequent_indent=""):
    """Break a text into lines of a width, between words."""
    lines = []
    line, empty = initial_indent, True
    for word in text.expandtabs().split():
        while True:
            if empty and len(line) + len(word) <= width:
                line, empty = line + word, False
                break
            if not empty and len(line) + 1 + len(word) <= width:
                line += " " + word
                break
            if empty:
                # A word longer than a line is broken.
                room = max(width - len(line), 1)
                lines.append(line + word[:room])
                word = word[room:]
            else:
                lines.append(line)
            line, empty = subsequent_indent, True
    if not empty:
        lines.append(line)
    return lines


def fill(text, width=70, **kwargs):
    """The same as one text."""
    return "\n".join(wrap(text, width, **kwargs))


def shorten(text, width, *, placeholder=" [...]"):
    """The words that fit into a width, with a sign where some are left out."""
    words = text.split()
    if len(" ".join(words)) <= width:
        return " ".join(words)
    while words and len(" ".join(words) + placeholder) > width:
        words.pop()
    if not words:
        if len(placeholder.lstrip()) > width:
            raise ValueError("placeholder too large for max width")
        return placeholder.lstrip()
    return " ".join(words) + placeholder
