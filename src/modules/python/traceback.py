"""Extract, format and print stack traces."""

import sys
import _traceback


class FrameSummary:
    """A single frame from a traceback."""

    def __init__(self, filename, lineno, name, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self._line = line

    @property
    def line(self):
        if self._line is None:
            self._line = (_traceback.source_line(self.filename, self.lineno) or '').strip()
        return self._line

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __len__(self):
        return 4

    def __eq__(self, other):
        return tuple(self) == tuple(other)

    def __repr__(self):
        return '<FrameSummary file {}, line {} in {}>'.format(self.filename, self.lineno, self.name)


class StackSummary(list):
    """A list of FrameSummary objects."""

    def format(self):
        result = []
        for frame in self:
            text = '  File "{}", line {}, in {}\n'.format(frame.filename, frame.lineno, frame.name)
            if frame.line:
                text += '    {}\n'.format(frame.line)
            result.append(text)
        return result


def _limited(frames, limit):
    if limit is None:
        return frames
    return frames[:limit] if limit >= 0 else frames[limit:]


def extract_tb(tb, limit=None):
    frames = []
    while tb is not None:
        code = tb.tb_frame.f_code
        frames.append(FrameSummary(code.co_filename, tb.tb_lineno, code.co_name))
        tb = tb.tb_next
    return StackSummary(_limited(frames, limit))


def extract_stack(f=None, limit=None):
    f = sys._getframe(1) if f is None else f
    frames = []
    while f is not None:
        frames.append(FrameSummary(f.f_code.co_filename, f.f_lineno, f.f_code.co_name))
        f = f.f_back
    if limit is not None:
        frames = frames[:limit] if limit >= 0 else frames[limit:]
    frames.reverse()
    return StackSummary(frames)


def format_list(extracted_list):
    return StackSummary(FrameSummary(*frame) for frame in extracted_list).format()


def format_tb(tb, limit=None):
    if limit is not None:
        return extract_tb(tb, limit).format()
    text = _traceback.format_tb(tb) if tb is not None else ''
    return _entries(text)


def _entries(text):
    entries = []
    for line in text.splitlines(True):
        if line.startswith('  File ') or line.startswith('  [') or not entries:
            entries.append(line)
        else:
            entries[-1] += line
    return entries


def format_stack(f=None, limit=None):
    return extract_stack(sys._getframe(1) if f is None else f, limit).format()


def print_stack(f=None, limit=None, file=None):
    for line in format_stack(sys._getframe(1) if f is None else f, limit):
        print(line, file=sys.stderr if file is None else file, end='')


def print_tb(tb, limit=None, file=None):
    for line in format_tb(tb, limit):
        print(line, file=sys.stderr if file is None else file, end='')


def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    value = exc if isinstance(exc, BaseException) else value
    if value is None:
        return ['NoneType: None\n']
    text = _traceback.format(value, bool(chain))
    return _lines(text)


def _lines(text):
    result = []
    for line in text.splitlines(True):
        if result and line.startswith('    ') and result[-1].startswith('  File '):
            result[-1] += line
        else:
            result.append(line)
    return result


def format_exception_only(exc, /, value=None):
    value = exc if isinstance(exc, BaseException) else value
    if value is None:
        return ['NoneType: None\n']
    return _traceback.format_only(value).splitlines(True)


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    file = sys.stderr if file is None else file
    file.write(''.join(format_exception(exc, value, tb, limit, chain)))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    return ''.join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    if not hasattr(sys, 'last_type'):
        raise ValueError('no last exception')
    print_exception(sys.last_value, limit=limit, file=file, chain=chain)


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def clear_frames(tb):
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next
