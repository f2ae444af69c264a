"""Paths as objects."""

import fnmatch
import io
import os
import posixpath
from _collections_abc import Sequence

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]


class _PathParents(Sequence):
    """The folders that a path lies in, from the inside."""

    __slots__ = ('_pathcls', '_drv', '_root', '_parts')

    def __init__(self, path):
        self._pathcls = type(path)
        self._root = path._root
        self._parts = path._parts

    def __len__(self):
        return len(self._parts) - 1 if self._root else len(self._parts)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(*idx.indices(len(self))))
        if idx >= len(self) or idx < -len(self):
            raise IndexError(idx)
        if idx < 0:
            idx += len(self)
        return self._pathcls._made(self._root, self._parts[:-idx - 1])

    def __repr__(self):
        return "<{}.parents>".format(self._pathcls.__name__)


class PurePath:
    """A path that is only looked at: nothing asks the system."""

    __slots__ = ('_root', '_parts', '_str', '_hash')

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        return cls._from(args)

    @classmethod
    def _from(cls, args):
        return cls._made(*cls._split(args))

    @classmethod
    def _made(cls, root, parts):
        self = object.__new__(cls)
        self._root = root
        self._parts = parts
        return self

    @staticmethod
    def _split(args):
        root, parts = '', []
        for arg in args:
            if isinstance(arg, PurePath):
                text = str(arg)
            else:
                text = os.fspath(arg)
                if not isinstance(text, str):
                    raise TypeError("argument should be a str object or an os.PathLike object returning str, "
                                    "not %r" % type(text))
            if text.startswith('/'):
                root = '//' if text.startswith('//') and not text.startswith('///') else '/'
                parts = [root]
            parts.extend(part for part in text.split('/') if part and part != '.')
        return root, parts

    def __reduce__(self):
        return self.__class__, tuple(self._parts)

    def __str__(self):
        try:
            return self._str
        except AttributeError:
            if self._root:
                self._str = self._root + '/'.join(self._parts[1:])
            else:
                self._str = '/'.join(self._parts) or '.'
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """The path with forward slashes."""
        return str(self)

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self.as_posix())

    def as_uri(self):
        """The path as an address."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/"
        return 'file://' + ''.join(chr(b) if chr(b) in safe else '%%%02X' % b for b in bytes(self))

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._parts == other._parts

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(tuple(self._parts))
            return self._hash

    def __lt__(self, other):
        return self._parts < other._parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self._parts <= other._parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self._parts > other._parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self._parts >= other._parts if isinstance(other, PurePath) else NotImplemented

    __class_getitem__ = classmethod(type(list[int]))

    drive = property(lambda self: '')
    root = property(lambda self: self._root)
    anchor = property(lambda self: self._root)

    @property
    def name(self):
        """The last part."""
        if len(self._parts) == (1 if self._root else 0):
            return ''
        return self._parts[-1]

    @property
    def suffix(self):
        """The extension, with its dot."""
        name = self.name
        dot = name.rfind('.')
        return name[dot:] if 0 < dot < len(name) - 1 else ''

    @property
    def suffixes(self):
        """All extensions."""
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + part for part in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The last part without its extension."""
        name = self.name
        dot = name.rfind('.')
        return name[:dot] if 0 < dot < len(name) - 1 else name

    def with_name(self, name):
        """The path with another last part."""
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        if not name or '/' in name or name == '.':
            raise ValueError("Invalid name %r" % (name,))
        return self._made(self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        """The path with another last part and the same extension."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """The path with another extension."""
        if '/' in suffix or suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError("Invalid suffix %r" % (suffix,))
        name = self.name
        if not name:
            raise ValueError("%r has an empty name" % (self,))
        old = self.suffix
        return self._made(self._root, self._parts[:-1] + [(name[:-len(old)] if old else name) + suffix])

    def relative_to(self, *other):
        """The rest of the path behind another."""
        if not other:
            raise TypeError("need at least one argument")
        root, parts = self._split(other)
        count = len(parts)
        if self._root != root and not (not root and not parts) or self._parts[:count] != parts:
            formatted = str(self._made(root, parts))
            raise ValueError("{!r} is not in the subpath of {!r} OR one path is relative and the other is absolute."
                             .format(str(self), formatted))
        return self._made(self._root if count == 0 else '', self._parts[count:])

    def is_relative_to(self, *other):
        """Whether the path begins with another."""
        try:
            self.relative_to(*other)
        except ValueError:
            return False
        return True

    @property
    def parts(self):
        """The parts in a tuple."""
        return tuple(self._parts)

    def joinpath(self, *args):
        """The path with more behind it."""
        return self._from((self,) + args)

    def __truediv__(self, key):
        try:
            return self._from((self, key))
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from((key, self))
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The folder that the path lies in."""
        if len(self._parts) <= (1 if self._root else 0):
            return self
        return self._made(self._root, self._parts[:-1])

    @property
    def parents(self):
        """All folders that the path lies in."""
        return _PathParents(self)

    def is_absolute(self):
        """Whether the path begins at the root."""
        return bool(self._root)

    def is_reserved(self):
        return False

    def match(self, path_pattern):
        """Whether the path matches a pattern, from the right if that is relative."""
        root, pattern = self._split((path_pattern,))
        if not pattern:
            raise ValueError("empty pattern")
        parts = self._parts
        if root and len(pattern) != len(parts) or len(pattern) > len(parts):
            return False
        return all(fnmatch.fnmatchcase(part, wanted) for part, wanted in zip(reversed(parts), reversed(pattern)))


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A path as Unix writes it."""

    __slots__ = ()


class PureWindowsPath(PurePath):
    """Paths of Windows are not known here."""

    __slots__ = ()

    def __new__(cls, *args):
        raise NotImplementedError("cannot instantiate %r on your system" % (cls.__name__,))


class Path(PurePath):
    """A path with what the system can do with it."""

    __slots__ = ()

    @classmethod
    def cwd(cls):
        """The working folder."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The user's folder."""
        return cls("~").expanduser()

    def __enter__(self):
        return self

    def __exit__(self, t, v, tb):
        pass

    def samefile(self, other_path):
        """Whether both lead to one file."""
        return os.path.samefile(self, other_path)

    def stat(self, *, follow_symlinks=True):
        """What the system tells of the file."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """stat() that follows no symbolic link."""
        return os.lstat(self)

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def exists(self):
        """Whether the path leads to something."""
        return os.path.exists(self)

    def is_dir(self):
        """Whether it is a folder."""
        return os.path.isdir(self)

    def is_file(self):
        """Whether it is a regular file."""
        return os.path.isfile(self)

    def is_mount(self):
        return os.path.ismount(self)

    def is_symlink(self):
        """Whether it is a symbolic link."""
        return os.path.islink(self)

    def _is_kind(self, test):
        import stat
        try:
            return getattr(stat, test)(self.stat().st_mode)
        except (OSError, ValueError):
            return False

    def is_fifo(self):
        return self._is_kind('S_ISFIFO')

    def is_socket(self):
        return self._is_kind('S_ISSOCK')

    def is_block_device(self):
        return self._is_kind('S_ISBLK')

    def is_char_device(self):
        return self._is_kind('S_ISCHR')

    def iterdir(self):
        """What is in the folder."""
        for name in os.listdir(self):
            yield self._made(self._root, self._parts + [name])

    def glob(self, pattern):
        """What is below and matches a pattern."""
        if not pattern:
            raise ValueError("Unacceptable pattern: {!r}".format(pattern))
        root, parts = self._split((pattern,))
        if root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        return self._glob(parts, pattern.endswith('/'))

    def rglob(self, pattern):
        """The same for every folder below."""
        root, parts = self._split((pattern,))
        if root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        return self._glob(['**'] + parts, False)

    def _glob(self, parts, dirs_only):
        seen = set()
        for found in self._matching(parts):
            if found not in seen:
                seen.add(found)
                yield found

    def _matching(self, parts):
        if not parts:
            yield self
            return
        part, rest = parts[0], parts[1:]
        if part == '**':
            for folder in self._folders():
                yield from folder._matching(rest)
        elif any(letter in part for letter in '*?['):
            try:
                names = os.listdir(self)
            except OSError:
                return
            for name in names:
                if fnmatch.fnmatchcase(name, part):
                    inner = self._made(self._root, self._parts + [name])
                    if not rest or inner.is_dir():
                        yield from inner._matching(rest)
        else:
            inner = self._made(self._root, self._parts + [part])
            if inner.exists():
                yield from inner._matching(rest)

    def _folders(self):
        yield self
        try:
            entries = [entry for entry in os.scandir(self) if entry.is_dir() and not entry.is_symlink()]
        except OSError:
            return
        for entry in entries:
            yield from self._made(self._root, self._parts + [entry.name])._folders()

    def absolute(self):
        """The path from the root."""
        return self if self._root else self._from((os.getcwd(), self))

    def resolve(self, strict=False):
        """The path from the root without symbolic links."""
        return self.__class__(os.path.realpath(self, strict=strict))

    def readlink(self):
        """Where the symbolic link leads."""
        return self.__class__(os.readlink(self))

    def owner(self):
        return self._name_in('/etc/passwd', self.stat().st_uid)

    def group(self):
        return self._name_in('/etc/group', self.stat().st_gid)

    @staticmethod
    def _name_in(file, number):
        with open(file) as lines:
            for line in lines:
                parts = line.split(':')
                if parts[2] == str(number):
                    return parts[0]
        raise KeyError(number)

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file."""
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """All bytes of the file."""
        with self.open(mode='rb') as f:
            return f.read()

    def read_text(self, encoding=None, errors=None):
        """The whole text of the file."""
        with self.open(mode='r', encoding=encoding, errors=errors) as f:
            return f.read()

    def write_bytes(self, data):
        """Write a file of these bytes."""
        view = memoryview(data)
        with self.open(mode='wb') as f:
            return f.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Write a file of this text."""
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % data.__class__.__name__)
        with self.open(mode='w', encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        """Make the file, or set its times to now."""
        if exist_ok:
            try:
                os.utime(self, None)
            except OSError:
                pass
            else:
                return
        flags = os.O_CREAT | os.O_WRONLY
        if not exist_ok:
            flags |= os.O_EXCL
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make the folder."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def unlink(self, missing_ok=False):
        """Remove the file."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove the empty folder."""
        os.rmdir(self)

    def rename(self, target):
        """Give the file another name."""
        os.rename(self, target)
        return self.__class__(target)

    def replace(self, target):
        """Give the file another name, in place of what has it."""
        os.replace(self, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this a symbolic link to a target."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Make this another name of a target."""
        os.link(target, self)

    def expanduser(self):
        """Replace ~ by the user's folder."""
        if not self._root and self._parts and self._parts[0][:1] == '~':
            home = os.path.expanduser(self._parts[0])
            if home[:1] == '~':
                raise RuntimeError("Could not determine home directory.")
            return self._from([home] + self._parts[1:])
        return self


class PosixPath(Path, PurePosixPath):
    """A path of this system."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """Paths of Windows are not known here."""

    __slots__ = ()
