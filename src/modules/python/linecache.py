"""Lines of source files, each file read once."""

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

cache = {}


def clearcache():
    """Forget all files."""
    cache.clear()


def getlines(filename, module_globals=None):
    """All lines of a file; none if it cannot be read."""
    entry = cache.get(filename)
    if entry is not None:
        return entry[2]
    return updatecache(filename, module_globals)


def getline(filename, lineno, module_globals=None):
    """A line of a file; an empty text if there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def updatecache(filename, module_globals=None):
    """Read a file again."""
    cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    try:
        with open(filename, encoding="utf-8") as file:
            lines = file.readlines()
    except (OSError, UnicodeDecodeError, SyntaxError):
        return []
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = sum(map(len, lines)), None, lines, filename
    return lines


def checkcache(filename=None):
    """Forget files that may have changed."""
    for name in [filename] if filename is not None else list(cache):
        entry = cache.get(name)
        if entry is not None and entry[1] is None and entry[3] == name:
            del cache[name]


def lazycache(filename, module_globals):
    """Nothing is loaded lazily here."""
    return False
