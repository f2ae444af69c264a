"""Text streams."""

from _io import open, TextIOWrapper, UnsupportedOperation, DEFAULT_BUFFER_SIZE

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


class StringIO:
    """A text stream in memory."""

    def __init__(self, initial_value='', newline='\n'):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError('initial_value must be str or None, not %s' % type(initial_value).__name__)
        self._pieces = [initial_value] if initial_value else []
        self._place = 0
        self._at_end = not initial_value
        self.closed = False

    encoding = None
    errors = None
    newlines = None
    line_buffering = False

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def getvalue(self):
        self._check()
        if len(self._pieces) > 1:
            self._pieces[:] = [''.join(self._pieces)]
        return self._pieces[0] if self._pieces else ''

    def write(self, s, /):
        self._check()
        if not isinstance(s, str):
            raise TypeError("string argument expected, got '%s'" % type(s).__name__)
        if self._at_end:
            self._pieces.append(s)
            self._place += len(s)
            return len(s)
        text = self.getvalue()
        if self._place > len(text):
            text += '\0' * (self._place - len(text))
        if self._place == len(text):
            self._pieces[:] = [text, s] if text else [s]
            self._at_end = True
        else:
            self._pieces[:] = [text[:self._place] + s + text[self._place + len(s):]]
        self._place += len(s)
        return len(s)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def read(self, size=-1, /):
        text = self.getvalue()
        end = len(text) if size is None or size < 0 else self._place + size
        result = text[self._place:end]
        self._place += len(result)
        return result

    def readline(self, size=-1, /):
        text = self.getvalue()
        end = text.find('\n', self._place)
        end = len(text) if end < 0 else end + 1
        if size is not None and 0 <= size < end - self._place:
            end = self._place + size
        result = text[self._place:end]
        self._place += len(result)
        return result

    def readlines(self, hint=-1, /):
        return list(self)

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def seek(self, pos, whence=0, /):
        self._check()
        self._at_end = False
        if whence == 0:
            if pos < 0:
                raise ValueError('Negative seek position %d' % pos)
            self._place = pos
        elif whence == 2:
            self._place = len(self.getvalue())
        return self._place

    def tell(self):
        self._check()
        return self._place

    def truncate(self, pos=None, /):
        self._at_end = False
        pos = self._place if pos is None else pos
        self._pieces[:] = [self.getvalue()[:pos]]
        return pos

    def flush(self):
        self._check()

    def close(self):
        self.closed = True

    def isatty(self):
        self._check()
        return False

    def readable(self):
        self._check()
        return True

    def writable(self):
        self._check()
        return True

    def seekable(self):
        self._check()
        return True

    def fileno(self):
        raise UnsupportedOperation('fileno')

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *args):
        self.close()
