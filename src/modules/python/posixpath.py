"""Paths as Unix writes them."""

import os
import stat
import genericpath
from genericpath import *

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix",
           "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount",
           "expanduser", "expandvars", "normpath", "abspath", "samefile", "sameopenfile", "samestat", "curdir",
           "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath",
           "supports_unicode_filenames", "relpath", "commonpath"]

curdir = '.'
pardir = '..'
extsep = '.'
sep = '/'
pathsep = ':'
defpath = '/bin:/usr/bin'
altsep = None
devnull = '/dev/null'
supports_unicode_filenames = False


def _get_sep(path):
    return b'/' if isinstance(path, bytes) else '/'


def normcase(s):
    """A path as the system compares it: unchanged."""
    return os.fspath(s)


def isabs(s):
    """Whether a path begins at the root."""
    s = os.fspath(s)
    return s.startswith(_get_sep(s))


def join(a, *p):
    """Put parts together; an absolute one drops those before it."""
    a = os.fspath(a)
    sep = _get_sep(a)
    path = a
    try:
        if not p:
            path[:0] + sep
        for b in map(os.fspath, p):
            if b.startswith(sep):
                path = b
            elif not path or path.endswith(sep):
                path += b
            else:
                path += sep + b
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types('join', a, *p)
        raise
    return path


def split(p):
    """What stands before the last slash, and what stands behind it."""
    p = os.fspath(p)
    sep = _get_sep(p)
    i = p.rfind(sep) + 1
    head, tail = p[:i], p[i:]
    if head and head != sep * len(head):
        head = head.rstrip(sep)
    return head, tail


def splitext(p):
    """A path without its extension, and the extension."""
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b'/', None, b'.')
    return genericpath._splitext(p, sep, altsep, extsep)


splitext.__doc__ = """A path without its extension, and the extension."""


def splitdrive(p):
    """There are no drives."""
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    """The last part."""
    p = os.fspath(p)
    return p[p.rfind(_get_sep(p)) + 1:]


def dirname(p):
    """All but the last part."""
    return split(p)[0]


def islink(path):
    """Whether a path is a symbolic link."""
    try:
        st = os.lstat(path)
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISLNK(st.st_mode)


def lexists(path):
    """Whether a path is there, even as a link that leads nowhere."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def ismount(path):
    """Whether something is mounted at a path."""
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here.st_mode):
        return False
    path = os.fspath(path)
    above = join(path, b'..' if isinstance(path, bytes) else '..')
    try:
        there = os.lstat(realpath(above))
    except (OSError, ValueError):
        return False
    return here.st_dev != there.st_dev or here.st_ino == there.st_ino


def expanduser(path):
    """Replace ~ by the user's folder."""
    path = os.fspath(path)
    tilde, sep = (b'~', b'/') if isinstance(path, bytes) else ('~', '/')
    if not path.startswith(tilde):
        return path
    end = path.find(sep, 1)
    if end < 0:
        end = len(path)
    home = _home_of(os.fsdecode(path[1:end]))
    if home is None:
        return path
    if isinstance(path, bytes):
        home = os.fsencode(home)
    home = home.rstrip(sep)
    return home + path[end:] or sep


def _home_of(user):
    if not user and 'HOME' in os.environ:
        return os.environ['HOME']
    try:
        with open('/etc/passwd', errors='surrogateescape') as file:
            entries = [line.rstrip('\n').split(':') for line in file]
    except OSError:
        return None
    number = str(os.getuid())
    for entry in entries:
        if len(entry) >= 6 and (entry[0] == user if user else entry[2] == number):
            return entry[5]
    return None


def expandvars(path):
    """Replace $name and ${name} by what the environment says; unknown ones stay."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        return os.fsencode(_expand(os.fsdecode(path)))
    return _expand(path)


def _expand(path):
    parts = []
    at = 0
    while (dollar := path.find('$', at)) >= 0:
        parts.append(path[at:dollar])
        if path[dollar + 1:dollar + 2] == '{':
            end = path.find('}', dollar + 2)
            if end < 0:
                parts.append(path[dollar:])
                return ''.join(parts)
            name = path[dollar + 2:end]
            end += 1
        else:
            end = dollar + 1
            while end < len(path) and path[end].isascii() and (path[end].isalnum() or path[end] == '_'):
                end += 1
            name = path[dollar + 1:end]
        value = os.environ.get(name) if name else None
        parts.append(path[dollar:end] if value is None else value)
        at = end
    parts.append(path[at:])
    return ''.join(parts)


def normpath(path):
    """A path without double slashes, `.` and `..` where they can be resolved by the text alone."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        sep, empty, dot, dotdot = b'/', b'', b'.', b'..'
    else:
        sep, empty, dot, dotdot = '/', '', '.', '..'
    if path == empty:
        return dot
    root = empty
    if path.startswith(sep):
        # Two slashes exactly may mean something to the system, three do not.
        root = sep * 2 if path.startswith(sep * 2) and not path.startswith(sep * 3) else sep
    kept = []
    for part in path.split(sep):
        if part in (empty, dot):
            continue
        if part != dotdot or (not root and not kept) or (kept and kept[-1] == dotdot):
            kept.append(part)
        elif kept:
            kept.pop()
    return root + sep.join(kept) or dot


def abspath(path):
    """A path from the root."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """A path from the root without symbolic links."""
    filename = os.fspath(filename)
    path, _ = _resolve(filename[:0], filename, strict, {})
    return abspath(path)


def _resolve(path, rest, strict, seen):
    # Gives the resolved path and whether no link led back to itself.
    if isinstance(path, bytes):
        sep, curdir, pardir = b'/', b'.', b'..'
    else:
        sep, curdir, pardir = '/', '.', '..'
    if isabs(rest):
        rest = rest[1:]
        path = sep
    while rest:
        name, _, rest = rest.partition(sep)
        if not name or name == curdir:
            continue
        if name == pardir:
            if path:
                path, last = split(path)
                if last == pardir:
                    path = join(path, pardir, pardir)
            else:
                path = pardir
            continue
        newpath = join(path, name)
        try:
            is_link = stat.S_ISLNK(os.lstat(newpath).st_mode)
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            path = newpath
            continue
        if newpath in seen:
            path = seen[newpath]
            if path is not None:
                continue
            if strict:
                os.stat(newpath)
            return join(newpath, rest), False
        seen[newpath] = None
        path, ok = _resolve(path, os.readlink(newpath), strict, seen)
        if not ok:
            return join(path, rest), False
        seen[newpath] = path
    return path, True


def relpath(path, start=None):
    """The way from one path to another."""
    if not path:
        raise ValueError("no path specified")
    path = os.fspath(path)
    if isinstance(path, bytes):
        curdir, sep, pardir = b'.', b'/', b'..'
    else:
        curdir, sep, pardir = '.', '/', '..'
    start = curdir if start is None else os.fspath(start)
    try:
        from_parts = [part for part in abspath(start).split(sep) if part]
        to_parts = [part for part in abspath(path).split(sep) if part]
        shared = len(commonprefix([from_parts, to_parts]))
        parts = [pardir] * (len(from_parts) - shared) + to_parts[shared:]
        return join(*parts) if parts else curdir
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types('relpath', path, start)
        raise


def commonpath(paths):
    """The longest path that leads towards all of them."""
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = tuple(map(os.fspath, paths))
    sep, curdir = (b'/', b'.') if isinstance(paths[0], bytes) else ('/', '.')
    try:
        lists = [[part for part in path.split(sep) if part and part != curdir] for path in paths]
        rooted = {path[:1] == sep for path in paths}
        if len(rooted) != 1:
            raise ValueError("Can't mix absolute and relative paths") from None
        low, high = min(lists), max(lists)
        shared = low
        for index, part in enumerate(low):
            if part != high[index]:
                shared = low[:index]
                break
        return (sep if rooted.pop() else sep[:0]) + sep.join(shared)
    except (TypeError, AttributeError):
        genericpath._check_arg_types('commonpath', *paths)
        raise
