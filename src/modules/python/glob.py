"""Paths that match a pattern of the shell."""

import os
import fnmatch

__all__ = ["glob", "iglob", "escape"]


def glob(pathname, *, root_dir=None, recursive=False, include_hidden=False):
    """A list of the paths that match; `**` goes through folders where recursive is true."""
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, recursive=False, include_hidden=False):
    """The paths that match, one by one."""
    root = pathname[:0] if root_dir is None else root_dir
    for path in _iglob(pathname, root, recursive, include_hidden, False):
        if path:
            yield path


def has_magic(s):
    """Whether a text is a pattern."""
    return any(letter in s for letter in (b'*?[' if isinstance(s, bytes) else '*?['))


def _iglob(pathname, root, recursive, hidden, dironly):
    dirname, basename = os.path.split(pathname)
    if not has_magic(pathname):
        if basename:
            if os.path.lexists(os.path.join(root, pathname)):
                yield pathname
        elif os.path.isdir(os.path.join(root, dirname)):
            yield pathname
        return
    if not dirname:
        yield from _names(root, basename, recursive, hidden, dironly)
        return
    if dirname != pathname and has_magic(dirname):
        folders = _iglob(dirname, root, recursive, hidden, True)
    else:
        folders = [dirname]
    for folder in folders:
        for name in _names(os.path.join(root, folder), basename, recursive, hidden, dironly):
            yield os.path.join(folder, name)


def _names(folder, pattern, recursive, hidden, dironly):
    if recursive and pattern in ('**', b'**'):
        yield pattern[:0]
        yield from _below(folder, hidden, dironly)
    elif has_magic(pattern):
        for name in _entries(folder, dironly):
            if (hidden or not _is_hidden(name) or _is_hidden(pattern)) and fnmatch.fnmatch(name, pattern):
                yield name
    elif os.path.lexists(os.path.join(folder, pattern)) if pattern else os.path.isdir(folder):
        yield pattern


def _below(folder, hidden, dironly):
    for name in _entries(folder, dironly):
        if hidden or not _is_hidden(name):
            yield name
            path = os.path.join(folder, name) if folder else name
            for inner in _below(path, hidden, dironly):
                yield os.path.join(name, inner)


def _entries(folder, dironly):
    folder = folder or (os.curdir.encode() if isinstance(folder, bytes) else os.curdir)
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if not dironly or entry.is_dir()]
    except OSError:
        return []


def _is_hidden(name):
    return name[:1] in ('.', b'.')


def escape(pathname):
    """The pattern that matches exactly this path."""
    if isinstance(pathname, bytes):
        return escape(pathname.decode('latin-1')).encode('latin-1')
    return ''.join('[%s]' % letter if letter in '*?[' else letter for letter in pathname)
