"""Lines of source files, each file read once."""

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

cache = {}


def clearcache():
    """Forget all files."""
    cache.clear()


def getlines(filename, module_globals=None):
    """All lines of a file; none if it cannot be read."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def getline(filename, lineno, module_globals=None):
    """A line of a file; an empty text if there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def updatecache(filename, module_globals=None):
    """Read a file again."""
    import os
    import sys
    entry = cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    fullname = filename
    try:
        status = os.stat(fullname)
    except OSError:
        if entry is not None or lazycache(filename, module_globals):
            source = _lazy_source(entry or cache.pop(filename))
            if source is not None:
                lines = [line + "\n" for line in source.splitlines()]
                cache[filename] = len(source), None, lines, fullname
                return lines
        if os.path.isabs(filename):
            return []
        for folder in sys.path:
            try:
                fullname = os.path.join(folder, filename)
                status = os.stat(fullname)
                break
            except (TypeError, AttributeError, OSError):
                pass
        else:
            return []
    try:
        with open(fullname, encoding=_encoding(fullname)) as file:
            lines = file.readlines()
    except (OSError, LookupError, UnicodeDecodeError, SyntaxError):
        return []
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = status.st_size, status.st_mtime, lines, fullname
    return lines


def _encoding(filename):
    # The encoding that one of the first two lines names.
    with open(filename, "rb") as file:
        for line in file.readline(), file.readline():
            line = line.strip()
            if line.startswith(b"#") and b"coding" in line:
                rest = line[line.index(b"coding") + 6:].lstrip(b":= \t").decode("latin-1")
                name = rest.split()[0] if rest.split() else "utf-8"
                return name.rstrip("-*;,")
    return "utf-8"


def _lazy_source(entry):
    try:
        return entry[0]()
    except (ImportError, OSError):
        return None


def checkcache(filename=None):
    """Forget files that have changed."""
    import os
    for name in [filename] if filename is not None else list(cache):
        entry = cache.get(name)
        if entry is None or len(entry) == 1 or entry[1] is None:
            continue
        try:
            status = os.stat(entry[3])
        except OSError:
            cache.pop(name, None)
            continue
        if (entry[0], entry[1]) != (status.st_size, status.st_mtime):
            cache.pop(name, None)


def lazycache(filename, module_globals):
    """Remember where the text of a module comes from, to be asked when it is needed."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return False
    if module_globals and "__name__" in module_globals:
        spec = module_globals.get("__spec__")
        name = getattr(spec, "name", None) or module_globals["__name__"]
        loader = getattr(spec, "loader", None) or module_globals.get("__loader__")
        get_source = getattr(loader, "get_source", None)
        if name and get_source:
            cache[filename] = (lambda name=name: get_source(name),)
            return True
    return False
