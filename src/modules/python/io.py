"""Streams of bytes and of text: files, and buffers in memory that behave like files."""

import abc
import posix
import stat
import _io
from _io import open, TextIOWrapper, UnsupportedOperation, DEFAULT_BUFFER_SIZE

__all__ = ["BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO",
           "BufferedIOBase", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase",
           "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "DEFAULT_BUFFER_SIZE",
           "IncrementalNewlineDecoder"]

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
BlockingIOError = BlockingIOError


def text_encoding(encoding, stacklevel=2):
    """The encoding, or the word for the one that the system prefers."""
    return "locale" if encoding is None else encoding


def open_code(path):
    """Open a file of program text as bytes."""
    return open(path, "rb")


class IOBase(metaclass=abc.ABCMeta):
    """What all streams have in common."""

    _closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def seek(self, pos, whence=0, /):
        """Move to a place and tell it."""
        raise UnsupportedOperation('seek')

    def tell(self):
        """The place in the stream."""
        return self.seek(0, 1)

    def truncate(self, pos=None, /):
        """Cut the stream, where it is or at a place."""
        raise UnsupportedOperation('truncate')

    def flush(self):
        """Write what waits in buffers."""
        if self.closed:
            raise ValueError('I/O operation on closed file.')

    def close(self):
        """Flush and close; a second time does nothing."""
        if not self._closed:
            try:
                self.flush()
            finally:
                self._closed = True

    def __del__(self):
        try:
            if self.closed:
                return
        except Exception:
            return
        try:
            self.close()
        except Exception:
            pass

    def seekable(self):
        """Whether the stream can be moved in."""
        self._checkClosed()
        return False

    def readable(self):
        """Whether the stream can be read."""
        self._checkClosed()
        return False

    def writable(self):
        """Whether the stream can be written."""
        self._checkClosed()
        return False

    @property
    def closed(self):
        """Whether the stream is closed."""
        return self._closed

    def _checkClosed(self, msg=None):
        if self.closed:
            raise ValueError('I/O operation on closed file.' if msg is None else msg)

    def _checkSeekable(self, msg=None):
        if not self.seekable():
            raise UnsupportedOperation('File or stream is not seekable.' if msg is None else msg)

    def _checkReadable(self, msg=None):
        if not self.readable():
            raise UnsupportedOperation('File or stream is not readable.' if msg is None else msg)

    def _checkWritable(self, msg=None):
        if not self.writable():
            raise UnsupportedOperation('File or stream is not writable.' if msg is None else msg)

    def __enter__(self):
        self._checkClosed()
        return self

    def __exit__(self, *args):
        self.close()

    def fileno(self):
        """The system's number of the file."""
        raise UnsupportedOperation('fileno')

    def isatty(self):
        """Whether this is a terminal."""
        self._checkClosed()
        return False

    def readline(self, size=-1, /):
        """Read to the end of the line, at most so many bytes."""
        size = -1 if size is None else _index(size)
        peek = getattr(self, 'peek', None)
        line = bytearray()
        while size < 0 or len(line) < size:
            count = 1
            if peek is not None:
                ahead = peek(1)
                if ahead:
                    count = ahead.find(b'\n') + 1 or len(ahead)
                    if size >= 0:
                        count = min(count, size - len(line))
            chunk = self.read(count)
            if not isinstance(chunk, bytes):
                raise OSError("read() should have returned a bytes object, not '%s'" % type(chunk).__name__)
            if not chunk:
                break
            line += chunk
            if line.endswith(b'\n'):
                break
        return bytes(line)

    def __iter__(self):
        self._checkClosed()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1, /):
        """All lines, or about as many as make so many bytes."""
        if hint is None or _place(hint) <= 0:
            return list(self)
        lines = []
        length = 0
        for line in self:
            lines.append(line)
            length += len(line)
            if length >= hint:
                break
        return lines

    def writelines(self, lines, /):
        """Write several pieces."""
        self._checkClosed()
        for line in lines:
            self.write(line)

    def __getstate__(self):
        raise TypeError("cannot pickle '%s' object" % self.__class__.__name__)


_LARGEST = (1 << 63) - 1
# No machine has so much memory, though an address could be made of it.
_IMPOSSIBLE = 1 << 47


def _index(size):
    try:
        index = size.__index__
    except AttributeError:
        raise TypeError("argument should be integer or None, not '%s'" % type(size).__name__) from None
    size = index()
    if not -_LARGEST <= size <= _LARGEST:
        raise OverflowError("cannot fit 'int' into an index-sized integer")
    return size


def _place(pos):
    if isinstance(pos, float) or not hasattr(pos, '__index__'):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(pos).__name__)
    if not -_LARGEST <= pos <= _LARGEST:
        raise OverflowError('Python int too large to convert to C ssize_t')
    return pos


def _bytes_of(data):
    try:
        return memoryview(data).cast('B')
    except TypeError:
        if isinstance(data, memoryview):
            raise
        raise TypeError("a bytes-like object is required, not '%s'" % type(data).__name__) from None


class RawIOBase(IOBase):
    """A stream of bytes without buffers."""

    def read(self, size=-1, /):
        """Read at most so many bytes with one call of the system."""
        if size is None or size < 0:
            return self.readall()
        room = bytearray(size)
        count = self.readinto(room)
        if count is None:
            return None
        del room[_place(count):]
        return bytes(room)

    def readall(self):
        """Read to the end."""
        whole = bytearray()
        while data := self.read(DEFAULT_BUFFER_SIZE):
            whole += data
        return bytes(whole) if whole else data

    def readinto(self, buffer, /):
        raise NotImplementedError

    def write(self, data, /):
        raise NotImplementedError


class BufferedIOBase(IOBase):
    """A stream of bytes with a buffer."""

    def read(self, size=-1, /):
        raise UnsupportedOperation('read')

    def read1(self, size=-1, /):
        raise UnsupportedOperation('read1')

    def write(self, data, /):
        raise UnsupportedOperation('write')

    def detach(self):
        raise UnsupportedOperation('detach')

    def readinto(self, buffer, /):
        """Read into an object."""
        return _fill(buffer, self.read)

    def readinto1(self, buffer, /):
        """Read into an object with one call of the system at most."""
        return _fill(buffer, self.read1)


def _room(buffer):
    """The bytes of an object that are to be filled."""
    try:
        view = memoryview(buffer).cast('B')
    except TypeError:
        view = None
    if view is None or view.readonly:
        kind = type(buffer).__name__
        raise TypeError(f'readinto() argument must be read-write bytes-like object, not {kind}') from None
    return view


def _fill(buffer, read):
    view = _room(buffer)
    data = read(len(view))
    count = len(data)
    view[:count] = data
    return count


class TextIOBase(IOBase):
    """A stream of text."""

    encoding = None
    newlines = None
    errors = None

    def read(self, size=-1, /):
        raise UnsupportedOperation('read')

    def write(self, s, /):
        raise UnsupportedOperation('write')

    def readline(self, size=-1, /):
        raise UnsupportedOperation('readline')

    def detach(self):
        raise UnsupportedOperation('detach')


TextIOBase.register(TextIOWrapper)


class FileIO(RawIOBase):
    """A file of the system, as bytes and without a buffer."""

    _fd = -1
    # What closing needs, kept here because modules end before the last file does.
    _close = posix.close
    _write = posix.write
    _seek = posix.lseek

    def __init__(self, file, mode='r', closefd=True, opener=None):
        if self._fd >= 0 and self._closefd:
            self._close(self._fd)
        self._fd = -1
        self._set_mode(mode)
        if isinstance(file, float):
            raise TypeError('integer argument expected, got float')
        self._closefd = True
        if hasattr(file, '__index__'):
            self._open_number(file.__index__(), closefd)
        else:
            if not closefd:
                raise ValueError('Cannot use closefd=False with file name')
            self._fd = self._open_path(file, opener)
        try:
            self.name = file
            status = posix.fstat(self._fd)
            if stat.S_ISDIR(status.st_mode):
                raise IsADirectoryError(21, posix.strerror(21), file)
        except BaseException:
            if self._closefd and not hasattr(file, '__index__'):
                self._close(self._fd)
            self._fd = -1
            raise
        self._blksize = status.st_blksize if status.st_blksize > 1 else DEFAULT_BUFFER_SIZE
        if self._appending:
            try:
                self._seek(self._fd, 0, 2)
            except OSError:
                pass

    def _set_mode(self, mode):
        if not isinstance(mode, str):
            raise TypeError("FileIO() argument 'mode' must be str, not %s" % type(mode).__name__)
        if not set(mode) <= set('xrwab+'):
            raise ValueError('invalid mode: %s' % mode)
        if sum(mode.count(letter) for letter in 'rwax') != 1 or mode.count('+') > 1:
            raise ValueError('Must have exactly one of create/read/write/append mode and at most one plus')
        self._created = 'x' in mode
        self._appending = 'a' in mode
        self._readable = 'r' in mode or '+' in mode
        self._writable = 'r' not in mode or '+' in mode
        self._flags = (posix.O_RDWR if '+' in mode else posix.O_RDONLY if 'r' in mode else posix.O_WRONLY)
        if self._created:
            self._flags |= posix.O_EXCL | posix.O_CREAT
        elif self._appending:
            self._flags |= posix.O_APPEND | posix.O_CREAT
        elif 'w' in mode:
            self._flags |= posix.O_CREAT | posix.O_TRUNC

    def _open_number(self, number, closefd):
        if number < 0:
            raise ValueError('negative file descriptor')
        self._closefd = bool(closefd)
        self._fd = number

    def _open_path(self, file, opener):
        if opener is None:
            return posix.open(file, self._flags | posix.O_CLOEXEC, 0o666)
        number = opener(file, self._flags | posix.O_CLOEXEC)
        if not isinstance(number, int):
            raise TypeError('expected integer from opener')
        if number < 0:
            raise ValueError('opener returned %d' % number)
        return number

    def __repr__(self):
        kind = '_io.FileIO'
        if self._fd < 0:
            return '<%s [closed]>' % kind
        name = getattr(self, 'name', None)
        shown = 'fd=%d' % self._fd if name is None else 'name=%r' % (name,)
        return '<%s %s mode=%r closefd=%s>' % (kind, shown, self.mode, self._closefd)

    @property
    def closed(self):
        """Whether the file is closed."""
        return self._fd < 0

    @property
    def closefd(self):
        """Whether closing closes the file of the system too."""
        return self._closefd

    @property
    def mode(self):
        """The mode in which the file was opened."""
        if self._created:
            return 'xb+' if self._readable else 'xb'
        if self._appending:
            return 'ab+' if self._readable else 'ab'
        if self._readable:
            return 'rb+' if self._writable else 'rb'
        return 'wb'

    def _checkClosed(self, msg=None):
        if self._fd < 0:
            raise ValueError('I/O operation on closed file')

    def close(self):
        """Close the file."""
        number = self._fd
        if number >= 0:
            try:
                RawIOBase.close(self)
            finally:
                self._fd = -1
                if self._closefd:
                    self._close(number)

    def fileno(self):
        self._checkClosed()
        return self._fd

    def isatty(self):
        self._checkClosed()
        return posix.isatty(self._fd)

    def readable(self):
        self._checkClosed()
        return self._readable

    def writable(self):
        self._checkClosed()
        return self._writable

    def seekable(self):
        self._checkClosed()
        try:
            self._seek(self._fd, 0, 1)
        except OSError:
            return False
        return True

    def _check_reading(self):
        self._checkClosed()
        if not self._readable:
            raise UnsupportedOperation('File not open for reading')

    def read(self, size=-1, /):
        self._check_reading()
        if size is None or size < 0:
            return self.readall()
        try:
            return posix.read(self._fd, size)
        except BlockingIOError:
            return None

    def readall(self):
        self._check_reading()
        pieces = []
        try:
            rest = posix.fstat(self._fd).st_size - self._seek(self._fd, 0, 1)
        except OSError:
            rest = 0
        size = max(DEFAULT_BUFFER_SIZE, rest + 1)
        try:
            while data := posix.read(self._fd, size):
                pieces.append(data)
        except BlockingIOError:
            if not pieces:
                return None
        return pieces[0] if len(pieces) == 1 else b''.join(pieces)

    def readinto(self, buffer, /):
        self._check_reading()
        view = _room(buffer)
        try:
            data = posix.read(self._fd, len(view))
        except BlockingIOError:
            return None
        count = len(data)
        view[:count] = data
        return count

    def write(self, data, /):
        if self._fd < 0:
            raise ValueError('I/O operation on closed file')
        if not self._writable:
            raise UnsupportedOperation('File not open for writing')
        try:
            return self._write(self._fd, data)
        except BlockingIOError:
            return None

    def seek(self, pos, whence=0, /):
        self._checkClosed()
        if isinstance(pos, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        return self._seek(self._fd, pos, whence)

    def tell(self):
        self._checkClosed()
        return self._seek(self._fd, 0, 1)

    def truncate(self, size=None, /):
        self._checkClosed()
        if not self._writable:
            raise UnsupportedOperation('File not open for writing')
        if size is None:
            size = self.tell()
        posix.ftruncate(self._fd, size)
        return size


class _Buffered(BufferedIOBase):
    # What the buffered streams over a raw one share. `_ahead` from `_at` on was read and not given out; `_out` waits to
    # be written. At most one of the two has anything in it.

    _raw = None
    _detached = False

    def _start(self, raw, buffer_size):
        if _place(buffer_size) <= 0:
            raise ValueError('buffer size must be strictly positive')
        if buffer_size > _IMPOSSIBLE:
            raise MemoryError
        self._raw = raw
        self._size = buffer_size
        self._ahead = b''
        self._at = 0
        self._out = bytearray()

    def _usable(self):
        if self._raw is None:
            raise ValueError('raw stream has been detached' if self._detached
                             else 'I/O operation on uninitialized object')
        return self._raw

    def _open(self, what):
        raw = self._raw
        if raw is None:
            self._usable()
        if raw.closed:
            raise ValueError(what)
        return raw

    @property
    def raw(self):
        """The raw stream below."""
        return self._usable()

    @property
    def closed(self):
        return self._usable().closed

    @property
    def name(self):
        return self._usable().name

    @property
    def mode(self):
        return self._usable().mode

    def __repr__(self):
        kind = ('_io.' if type(self).__module__ == '_io' else '') + type(self).__qualname__
        try:
            return '<%s name=%r>' % (kind, self.name)
        except Exception:
            return '<%s>' % kind

    def detach(self):
        """Flush, and take the raw stream away."""
        raw = self._usable()
        self.flush()
        self._raw = None
        self._detached = True
        return raw

    def fileno(self):
        return self._usable().fileno()

    def isatty(self):
        return self._usable().isatty()

    def seekable(self):
        return self._usable().seekable()

    def readable(self):
        return self._usable().readable()

    def writable(self):
        return self._usable().writable()

    def close(self):
        raw = self._raw
        if raw is not None and not raw.closed:
            try:
                self.flush()
            finally:
                raw.close()

    def flush(self):
        raw = self._open('flush of closed file')
        if self._out:
            self._write_out(raw)
        raw.flush()

    def _write_out(self, raw):
        out = self._out
        while out:
            count = raw.write(bytes(out))
            if count is None:
                raise BlockingIOError(11, 'write could not complete without blocking', 0)
            if not 0 <= count <= len(out):
                raise OSError('raw write() returned invalid length %d (should have been between 0 and %d)'
                              % (count, len(out)))
            del out[:count]

    def _forget(self, raw):
        # Puts the raw stream where the program is.
        ahead = len(self._ahead) - self._at
        self._ahead = b''
        self._at = 0
        if ahead:
            raw.seek(-ahead, 1)

    def tell(self):
        raw = self._open('I/O operation on closed file')
        return raw.tell() - (len(self._ahead) - self._at) + len(self._out)

    def seek(self, pos, whence=0, /):
        """Move to a place and tell it."""
        raw = self._open('seek of closed file')
        if whence not in (0, 1, 2, 3, 4):
            raise ValueError('whence value %d unsupported' % whence)
        if not raw.seekable():
            raise UnsupportedOperation('File or stream is not seekable.')
        if self._out:
            self._write_out(raw)
        elif whence != 2 and whence < 3 and self._ahead:
            # A short way may stay inside what was read already.
            here = raw.tell()
            wanted = pos if whence == 0 else here - (len(self._ahead) - self._at) + pos
            start = here - len(self._ahead)
            if start <= wanted <= here:
                self._at = wanted - start
                return wanted
        if whence == 1:
            pos -= len(self._ahead) - self._at
        self._ahead = b''
        self._at = 0
        return raw.seek(pos, whence)

    def truncate(self, pos=None, /):
        """Cut the stream, where it is or at a place."""
        raw = self._open('truncate of closed file')
        if not raw.writable():
            raise UnsupportedOperation('truncate')
        if self._out:
            self._write_out(raw)
        if pos is None:
            pos = self.tell()
        return raw.truncate(pos)

    def _read(self, size):
        raw = self._open('read of closed file')
        if self._out:
            self._write_out(raw)
        at, ahead = self._at, self._ahead
        if size is None or size == -1:
            return self._read_all(raw)
        if not 0 <= _index(size) <= _IMPOSSIBLE:
            if size > 0:
                raise MemoryError
            raise ValueError('read length must be non-negative or -1')
        if len(ahead) - at >= size:
            self._at = at + size
            return ahead[at:at + size]
        pieces = [ahead[at:]]
        missing = size - len(pieces[0])
        self._ahead = b''
        self._at = 0
        while missing > 0:
            chunk = raw.read(max(self._size, missing) if missing < self._size else missing)
            if not chunk:
                if chunk is None and not any(pieces):
                    return None
                break
            if len(chunk) > missing:
                self._ahead = chunk
                self._at = missing
                chunk = chunk[:missing]
            pieces.append(chunk)
            missing -= len(chunk)
        return b''.join(pieces)

    def _read_all(self, raw):
        rest = self._ahead[self._at:]
        self._ahead = b''
        self._at = 0
        readall = getattr(raw, 'readall', None)
        if readall is not None:
            data = readall()
            if data is None:
                return rest or None
            if not isinstance(data, bytes):
                raise TypeError('readall() should return bytes')
            return rest + data if rest else data
        pieces = [rest]
        while data := raw.read():
            pieces.append(data)
        return b''.join(pieces)

    def _fill_ahead(self, raw):
        # One read of the raw stream where nothing is left.
        if self._at >= len(self._ahead):
            self._ahead = raw.read(self._size) or b''
            self._at = 0

    def _read1(self, size):
        raw = self._open('read of closed file')
        if self._out:
            self._write_out(raw)
        if size is None or size < 0:
            size = self._size
        if size == 0:
            return b''
        if _index(size) > _IMPOSSIBLE:
            raise MemoryError
        if self._at >= len(self._ahead) and size >= self._size:
            return raw.read(size) or b''
        self._fill_ahead(raw)
        at = self._at
        data = self._ahead[at:at + size]
        self._at = at + len(data)
        return data

    def _peek(self, size):
        raw = self._open('peek of closed file')
        if self._out:
            self._write_out(raw)
        self._fill_ahead(raw)
        return self._ahead[self._at:]

    def _read_line(self, size):
        raw = self._open('readline of closed file')
        if self._out:
            self._write_out(raw)
        if size is None:
            size = -1
        pieces = []
        length = 0
        while True:
            at, ahead = self._at, self._ahead
            end = ahead.find(b'\n', at) + 1 or len(ahead)
            if 0 <= size < length + end - at:
                end = at + size - length
            piece = ahead[at:end]
            self._at = end
            length += end - at
            if piece:
                pieces.append(piece)
                if piece[-1] == 10 or length == size:
                    break
            elif size == 0:
                break
            if self._at >= len(self._ahead):
                self._fill_ahead(raw)
                if not self._ahead:
                    break
        return pieces[0] if len(pieces) == 1 else b''.join(pieces)

    def _write(self, data):
        raw = self._open('write to closed file')
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if self._ahead:
            self._forget(raw)
        out = self._out
        before = len(out)
        if before + len(data) > self._size and before:
            self._write_out(raw)
            before = 0
        if isinstance(data, (bytes, bytearray)):
            out += data
        else:
            out += _bytes_of(data)
        count = len(out) - before
        if len(out) > self._size:
            self._write_out(raw)
        return count


class BufferedReader(_Buffered):
    """A raw stream read through a buffer."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise UnsupportedOperation('File or stream is not readable.')
        self._start(raw, buffer_size)

    def read(self, size=-1, /):
        """Read so many bytes, or all."""
        return self._read(size)

    def read1(self, size=-1, /):
        """Read at most so many bytes with one call of the system at most."""
        return self._read1(size)

    def peek(self, size=0, /):
        """Bytes that come next, without moving."""
        return self._peek(size)

    def readline(self, size=-1, /):
        """Read to the end of the line."""
        return self._read_line(size)

    def __next__(self):
        line = self._read_line(-1)
        if not line:
            raise StopIteration
        return line

    def flush(self):
        self._usable().flush()

    def writable(self):
        return False

    def truncate(self, pos=None, /):
        self._open('truncate of closed file')
        raise UnsupportedOperation('truncate')


class BufferedWriter(_Buffered):
    """A raw stream written through a buffer."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise UnsupportedOperation('File or stream is not writable.')
        self._start(raw, buffer_size)

    def write(self, data, /):
        """Write bytes, at the latest with flush()."""
        return self._write(data)

    def readable(self):
        return False


class BufferedRandom(_Buffered):
    """A raw stream read and written through a buffer."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        for able, what in (raw.seekable, 'seekable'), (raw.readable, 'readable'), (raw.writable, 'writable'):
            if not able():
                raise UnsupportedOperation('File or stream is not %s.' % what)
        self._start(raw, buffer_size)

    read = BufferedReader.read
    read1 = BufferedReader.read1
    peek = BufferedReader.peek
    readline = BufferedReader.readline
    __next__ = BufferedReader.__next__
    write = BufferedWriter.write

    def flush(self):
        raw = self._open('flush of closed file')
        if self._out:
            self._write_out(raw)
        elif self._ahead:
            self._forget(raw)
        raw.flush()


class BufferedRWPair(BufferedIOBase):
    """A reader and a writer as one stream."""

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /):
        self.reader = BufferedReader(reader, buffer_size)
        self.writer = BufferedWriter(writer, buffer_size)

    def read(self, size=-1, /):
        return self.reader.read(size)

    def read1(self, size=-1, /):
        return self.reader.read1(size)

    def readinto(self, buffer, /):
        return self.reader.readinto(buffer)

    def peek(self, size=0, /):
        return self.reader.peek(size)

    def write(self, data, /):
        return self.writer.write(data)

    def readable(self):
        return self.reader.readable()

    def writable(self):
        return self.writer.writable()

    def flush(self):
        return self.writer.flush()

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    def isatty(self):
        return self.reader.isatty() or self.writer.isatty()

    @property
    def closed(self):
        return self.writer.closed


def _state(stream, state, count):
    # What pickling kept of a stream in memory, checked.
    kind = type(stream).__name__
    if not isinstance(state, tuple) or len(state) < count:
        raise TypeError('%s.__setstate__ argument should be %d-tuple, got %s' % (kind, count, type(state).__name__))
    place, names = state[count - 2], state[count - 1]
    if not isinstance(place, int):
        raise TypeError('%s item of state must be an integer, got %s'
                        % (('second', 'third')[count - 3], type(place).__name__))
    if place < 0:
        raise ValueError('position value cannot be negative')
    if names is not None:
        if not isinstance(names, dict):
            raise TypeError('%s item of state should be a dict, got a %s'
                            % (('third', 'fourth')[count - 3], type(names).__name__))
        stream.__dict__.update(names)
    return state


class BytesIO(BufferedIOBase):
    """A stream of bytes in memory."""

    _buffer = None

    def __init__(self, initial_bytes=b''):
        self._buffer = bytearray() if initial_bytes is None else bytearray(_bytes_of(initial_bytes))
        self._pos = 0
        self._closed = False

    def __repr__(self):
        return '<_io.BytesIO object at %#x>' % id(self)

    def _check(self):
        if self._closed:
            raise ValueError('I/O operation on closed file.')

    def __getstate__(self):
        self._check()
        return self.getvalue(), self._pos, {}

    def __setstate__(self, state):
        self._check()
        data, pos = _state(self, state, 3)[:2]
        self._buffer[:] = data
        self._pos = pos

    def getvalue(self):
        """All bytes."""
        self._check()
        return bytes(self._buffer)

    def getbuffer(self):
        """All bytes without a copy; while it is there the size is fixed."""
        self._check()
        return memoryview(self._buffer)

    def close(self):
        if self._buffer is not None:
            # Refused while somebody looks into it.
            self._buffer.clear()
        self._closed = True

    def read(self, size=-1, /):
        """Read so many bytes, or all."""
        if self._closed:
            raise ValueError('I/O operation on closed file.')
        size = -1 if size is None else _index(size)
        end = len(self._buffer) if size < 0 else self._pos + size
        data = bytes(self._buffer[self._pos:end])
        self._pos += len(data)
        return data

    def read1(self, size=-1, /):
        return self.read(size)

    def readinto(self, buffer, /):
        self._check()
        return _fill(buffer, self.read)

    def readline(self, size=-1, /):
        """Read to the end of the line."""
        if self._closed:
            raise ValueError('I/O operation on closed file.')
        size = -1 if size is None else _index(size)
        end = self._buffer.find(b'\n', self._pos) + 1 or len(self._buffer)
        if 0 <= size < end - self._pos:
            end = self._pos + size
        data = bytes(self._buffer[self._pos:end])
        self._pos += len(data)
        return data

    def write(self, data, /):
        """Write bytes."""
        if self._closed:
            raise ValueError('I/O operation on closed file.')
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not isinstance(data, (bytes, bytearray)):
            data = _bytes_of(data)
        count = len(data)
        if not count:
            return 0
        pos = self._pos
        buffer = self._buffer
        if pos == len(buffer):
            buffer += data
        else:
            if pos > len(buffer):
                buffer.extend(bytes(pos - len(buffer)))
            end = pos + count
            if end <= len(buffer):
                memoryview(buffer)[pos:end] = data
            else:
                buffer[pos:] = data
        self._pos = pos + count
        return count

    def seek(self, pos, whence=0, /):
        """Move to a place and tell it."""
        self._check()
        _place(pos)
        if whence == 0:
            if pos < 0:
                raise ValueError('negative seek value %d' % pos)
        elif whence == 1:
            pos = max(0, self._pos + pos)
        elif whence == 2:
            pos = max(0, len(self._buffer) + pos)
        else:
            raise ValueError('invalid whence (%r, should be 0, 1 or 2)' % (whence,))
        self._pos = pos
        return pos

    def tell(self):
        self._check()
        return self._pos

    def truncate(self, size=None, /):
        """Cut the stream, where it is or at a place."""
        self._check()
        size = self._pos if size is None else _index(size)
        if size < 0:
            raise ValueError('negative size value %d' % size)
        if size < len(self._buffer):
            del self._buffer[size:]
        return size

    def readable(self):
        self._check()
        return True

    writable = seekable = readable


class IncrementalNewlineDecoder:
    """Makes every line end a line feed, in text that comes in pieces."""

    def __init__(self, decoder, translate, errors='strict'):
        self._decoder = decoder
        self._translate = translate
        self._held = False
        self._seen = 0

    def decode(self, input, final=False):
        """The text of a piece."""
        output = input if self._decoder is None else self._decoder.decode(input, final=final)
        if self._held and (output or final):
            output = '\r' + output
            self._held = False
        if output.endswith('\r') and not final:
            output = output[:-1]
            self._held = True
        both = output.count('\r\n')
        returns = output.count('\r') - both
        feeds = output.count('\n') - both
        self._seen |= (feeds and 2) | (returns and 1) | (both and 4)
        if self._translate:
            if both:
                output = output.replace('\r\n', '\n')
            if returns:
                output = output.replace('\r', '\n')
        return output

    def getstate(self):
        buffer, flag = (b'', 0) if self._decoder is None else self._decoder.getstate()
        return buffer, flag << 1 | self._held

    def setstate(self, state):
        buffer, flag = state
        self._held = bool(flag & 1)
        if self._decoder is not None:
            self._decoder.setstate((buffer, flag >> 1))

    def reset(self):
        self._seen = 0
        self._held = False
        if self._decoder is not None:
            self._decoder.reset()

    @property
    def newlines(self):
        """The line ends that were met."""
        return (None, '\r', '\n', ('\r', '\n'), '\r\n', ('\r', '\r\n'), ('\n', '\r\n'),
                ('\r', '\n', '\r\n'))[self._seen]


class StringIO(TextIOBase):
    """A stream of text in memory."""

    def __init__(self, initial_value='', newline='\n'):
        if newline is not None and not isinstance(newline, str):
            raise TypeError('newline must be str or None, not %s' % type(newline).__name__)
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError('illegal newline value: %r' % (newline,))
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError('initial_value must be str or None, not %s' % type(initial_value).__name__)
        self._closed = False
        self._newline = newline
        self._decoder = IncrementalNewlineDecoder(None, newline is None) if not newline else None
        # The text is what the pieces make together; while only the end is written they are just collected.
        self._pieces = []
        self._place = 0
        self._at_end = True
        if initial_value:
            self.write(initial_value)
            self._at_end = False
        self._place = 0

    def __repr__(self):
        return '<_io.StringIO object at %#x>' % id(self)

    line_buffering = False

    @property
    def newlines(self):
        return None if self._decoder is None else self._decoder.newlines

    def _check(self):
        if self._closed:
            raise ValueError('I/O operation on closed file')

    _checkClosed = lambda self, msg=None: self._check()

    def __getstate__(self):
        self._check()
        return self.getvalue(), self._newline, self._place, {}

    def __setstate__(self, state):
        self._check()
        text, newline, place = _state(self, state, 4)[:3]
        self.__init__('', newline)
        self._pieces = [text] if text else []
        self._place = place
        self._at_end = False

    def getvalue(self):
        """The whole text."""
        self._check()
        if len(self._pieces) > 1:
            self._pieces[:] = [''.join(self._pieces)]
        return self._pieces[0] if self._pieces else ''

    def _written(self, s):
        if self._decoder is not None:
            return self._decoder.decode(s, True)
        if self._newline != '\n':
            return s.replace('\n', self._newline)
        return s

    def write(self, s, /):
        """Write text."""
        if self._closed:
            raise ValueError('I/O operation on closed file')
        if not isinstance(s, str):
            raise TypeError("string argument expected, got '%s'" % type(s).__name__)
        count = len(s)
        if self._newline != '\n':
            s = self._written(s)
        if not s:
            return count
        if self._at_end:
            self._pieces.append(s)
            self._place += len(s)
            return count
        text = self.getvalue()
        if self._place > len(text):
            text += '\0' * (self._place - len(text))
        if self._place == len(text):
            self._pieces[:] = [text, s] if text else [s]
            self._at_end = True
        else:
            self._pieces[:] = [text[:self._place] + s + text[self._place + len(s):]]
        self._place += len(s)
        return count

    def read(self, size=-1, /):
        """Read so many characters, or all."""
        text = self.getvalue()
        size = -1 if size is None else _index(size)
        end = len(text) if size < 0 else self._place + size
        result = text[self._place:end]
        self._place += len(result)
        self._at_end = False
        return result

    def readline(self, size=-1, /):
        """Read to the end of the line."""
        text = self.getvalue()
        size = -1 if size is None else _index(size)
        end = self._line_end(text, self._place)
        if 0 <= size < end - self._place:
            end = self._place + size
        result = text[self._place:end]
        self._place += len(result)
        self._at_end = False
        return result

    def _line_end(self, text, at):
        if self._newline == '':
            feed = text.find('\n', at)
            back = text.find('\r', at)
            if back < 0 or 0 <= feed < back:
                return feed + 1 or len(text)
            return back + 2 if text[back + 1:back + 2] == '\n' else back + 1
        end = self._newline or '\n'
        found = text.find(end, at)
        return len(text) if found < 0 else found + len(end)

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def seek(self, pos, whence=0, /):
        """Move to a place and tell it."""
        self._check()
        _place(pos)
        if whence not in (0, 1, 2):
            raise ValueError('Invalid whence (%d, should be 0, 1 or 2)' % whence)
        if whence == 0 and pos < 0:
            raise ValueError('Negative seek position %d' % pos)
        if whence != 0 and pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        if whence == 0:
            self._at_end = False
            self._place = pos
        elif whence == 2:
            self._place = len(self.getvalue())
            self._at_end = True
        return self._place

    def tell(self):
        self._check()
        return self._place

    def truncate(self, pos=None, /):
        """Cut the text, where it is or at a place."""
        self._check()
        pos = self._place if pos is None else _index(pos)
        if pos < 0:
            raise ValueError('Negative size value %d' % pos)
        text = self.getvalue()
        if pos < len(text):
            self._pieces[:] = [text[:pos]]
        self._at_end = False
        return pos

    def close(self):
        self._pieces = []
        self._closed = True

    def flush(self):
        self._check()

    def readable(self):
        self._check()
        return True

    writable = seekable = readable


for _kind in FileIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair, BytesIO, StringIO, \
        IncrementalNewlineDecoder:
    _kind.__module__ = '_io'
    setattr(_io, _kind.__name__, _kind)
del _kind
_io.open_code = open_code


def _open_layers(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    # What the native open leaves to this module: its arguments are checked already, but for these.
    binary = 'b' in mode
    raw = FileIO(file, mode.replace('b', '').replace('t', ''), closefd, opener)
    result = raw
    try:
        line_buffering = buffering == 1 and not binary or buffering < 0 and raw.isatty()
        if buffering < 0 or buffering == 1:
            buffering = raw._blksize
        if buffering == 0:
            return raw
        if '+' in mode:
            result = BufferedRandom(raw, buffering)
        elif 'r' in mode:
            result = BufferedReader(raw, buffering)
        else:
            result = BufferedWriter(raw, buffering)
        if binary:
            return result
        text = TextIOWrapper(result, encoding, errors, newline, line_buffering)
        result = text
        text.mode = mode
        return text
    except BaseException:
        result.close()
        raise


def _adopt(number, name, mode, owned):
    # The layers below a text file that has worked on its descriptor until now.
    raw = FileIO.__new__(FileIO)
    raw._set_mode((mode or 'r').replace('t', '').replace('b', ''))
    raw._fd = number
    raw._closefd = owned
    raw._blksize = DEFAULT_BUFFER_SIZE
    raw.name = name
    if raw._readable and raw._writable:
        return BufferedRandom(raw)
    return BufferedReader(raw) if raw._readable else BufferedWriter(raw)


def __getattr__(name):
    if name == 'OpenWrapper':
        import warnings
        warnings.warn('OpenWrapper is deprecated, use open instead', DeprecationWarning, stacklevel=2)
        globals()['OpenWrapper'] = open
        return open
    raise AttributeError('module %r has no attribute %r' % (__name__, name))
