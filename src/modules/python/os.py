"""The operating system: files, folders, the environment, the process."""

import sys
import abc
import stat as st
from posix import *
import posix
from posix import _exit, _scandir
import posixpath as path
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull

sys.modules['os.path'] = path

name = 'posix'
linesep = '\n'
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1
supports_bytes_environ = True
supports_dir_fd = set()
supports_effective_ids = set()
supports_fd = {chdir, chmod, listdir, posix.stat, truncate, utime}
supports_follow_symlinks = {link, posix.stat, utime}
stat = posix.stat

__all__ = ["altsep", "curdir", "pardir", "sep", "pathsep", "linesep", "defpath", "name", "path", "devnull", "SEEK_SET",
           "SEEK_CUR", "SEEK_END", "fsencode", "fsdecode", "get_exec_path", "fdopen", "extsep", "makedirs",
           "removedirs", "renames", "walk", "scandir", "DirEntry", "PathLike", "environ", "environb", "getenv",
           "getenvb", "_exit", "popen"]
__all__.extend(n for n in dir(posix) if not n.startswith('_') and n not in __all__)


def fsencode(filename):
    """A file name as bytes."""
    filename = fspath(filename)
    if isinstance(filename, str):
        return filename.encode('utf-8', 'surrogateescape')
    return filename


def fsdecode(filename):
    """A file name as text."""
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return filename.decode('utf-8', 'surrogateescape')
    return filename


class PathLike(abc.ABC):
    """Whatever has a path: an object with __fspath__."""

    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        """Return the path."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            for base in subclass.__mro__:
                if '__fspath__' in base.__dict__:
                    return True if base.__dict__['__fspath__'] is not None else NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


class DirEntry:
    """A name in a folder, with what the folder says of it."""

    __slots__ = ('name', 'path', '_kind', '_inode', '_stat', '_lstat')

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return '<%s %r>' % (self.__class__.__name__, self.name)

    def inode(self):
        """The number of the file."""
        return self._inode

    def stat(self, *, follow_symlinks=True):
        """What the system tells of the file; asked for once."""
        if not follow_symlinks or not self.is_symlink():
            if self._lstat is None:
                self._lstat = lstat(self.path)
            return self._lstat
        if self._stat is None:
            self._stat = stat(self.path)
        return self._stat

    def _is(self, kind, follow_symlinks):
        if self._kind and (not follow_symlinks or self._kind != st.S_IFLNK):
            return self._kind == kind
        try:
            return st.S_IFMT(self.stat(follow_symlinks=follow_symlinks).st_mode) == kind
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        """Whether it is a folder."""
        return self._is(st.S_IFDIR, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Whether it is a regular file."""
        return self._is(st.S_IFREG, follow_symlinks)

    def is_symlink(self):
        """Whether it is a symbolic link."""
        if self._kind:
            return self._kind == st.S_IFLNK
        if self._lstat is None:
            self._lstat = lstat(self.path)
        return st.S_ISLNK(self._lstat.st_mode)

    __class_getitem__ = classmethod(type(list[int]))


DirEntry.__module__ = 'posix'


class _ScandirIterator:
    """The entries of a folder."""

    def __init__(self, folder):
        self._rows = iter(_scandir(folder))
        self._folder = folder

    def __iter__(self):
        return self

    def __next__(self):
        if self._rows is None:
            raise StopIteration
        for name, kind, inode in self._rows:
            entry = DirEntry.__new__(DirEntry)
            entry.name, entry._kind, entry._inode, entry._stat, entry._lstat = name, kind, inode, None, None
            folder = self._folder
            if folder is None or isinstance(folder, int):
                entry.path = name if folder is not None else './' + name
            else:
                entry.path = path.join(folder, name)
            return entry
        raise StopIteration

    def close(self):
        """End the iteration."""
        self._rows = None

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


_ScandirIterator.__name__ = _ScandirIterator.__qualname__ = 'ScandirIterator'
_ScandirIterator.__module__ = 'posix'


def scandir(path=None):
    """The entries of a folder, one by one."""
    if path is not None and not isinstance(path, int):
        path = fspath(path)
    return _ScandirIterator(path)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder and all that it lies in."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == (b'.' if isinstance(tail, bytes) else '.'):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove an empty folder, and those it lies in as far as they become empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename; make the folders that the new name needs, remove those that become empty."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Each folder below a folder, with the names of its folders and of its other files."""
    sys.audit("os.walk", top, topdown, onerror, followlinks) if hasattr(sys, 'audit') else None
    return _walk(fspath(top), topdown, onerror, followlinks)


def _walk(top, topdown, onerror, followlinks):
    # Either a folder to be read, or (bottom up) what is told once its folders have been.
    waiting = [top]
    while waiting:
        top = waiting.pop()
        if isinstance(top, tuple):
            yield top
            continue
        folders, others, below = [], [], []
        try:
            entries = list(scandir(top))
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        for entry in entries:
            try:
                is_dir = entry.is_dir()
            except OSError:
                is_dir = False
            (folders if is_dir else others).append(entry.name)
            if not topdown and is_dir and (followlinks or not entry.is_symlink()):
                below.append(entry.path)
        if topdown:
            yield top, folders, others
            for name in reversed(folders):
                inner = path.join(top, name)
                if followlinks or not path.islink(inner):
                    waiting.append(inner)
        else:
            waiting.append((top, folders, others))
            waiting.extend(reversed(below))


from _collections_abc import MutableMapping, Mapping


class _Environ(MutableMapping):
    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey = encodekey
        self.decodekey = decodekey
        self.encodevalue = encodevalue
        self.decodevalue = decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encodedkey = self.encodekey(key)
        unsetenv(encodedkey)
        try:
            del self._data[encodedkey]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        shown = ", ".join(f"{self.decodekey(key)!r}: {self.decodevalue(value)!r}" for key, value in self._data.items())
        return f"environ({{{shown}}})"

    def copy(self):
        """A dict of the environment."""
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(other)
        new.update(self)
        return new


def _encode(value):
    if not isinstance(value, str):
        raise TypeError("str expected, not %s" % type(value).__name__)
    return value.encode('utf-8', 'surrogateescape')


def _decode(value):
    return value.decode('utf-8', 'surrogateescape')


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError("bytes expected, not %s" % type(value).__name__)
    return value


environ = _Environ(posix.environ, _encode, _decode, _encode, _decode)
environb = _Environ(posix.environ, _check_bytes, bytes, _check_bytes, bytes)


def getenv(key, default=None):
    """A value of the environment."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """A value of the environment as bytes."""
    return environb.get(key, default)


def get_exec_path(env=None):
    """The folders in which programs are looked for."""
    return (environ if env is None else env).get('PATH', defpath).split(pathsep)


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """open() of a file's number."""
    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd))
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def getlogin():
    """The name of the user."""
    for key in 'LOGNAME', 'USER':
        if environ.get(key):
            return environ[key]
    raise OSError(6, strerror(6))


def waitstatus_to_exitcode(status):
    """The exit code in a status that the system gave; negative for a signal."""
    if status & 0x7f:
        return -(status & 0x7f)
    return status >> 8 & 0xff


def get_blocking_default():
    return True


del get_blocking_default
