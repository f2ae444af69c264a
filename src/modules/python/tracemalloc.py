"""Trace memory blocks allocated by the program."""

from _tracemalloc import (start, stop, is_tracing, get_traced_memory, reset_peak, clear_traces,
                          get_traceback_limit, get_tracemalloc_memory, _get_traces, _get_object_traceback)


def _format_size(size, sign):
    for unit in ('B', 'KiB', 'MiB', 'GiB', 'TiB'):
        if abs(size) < 100 and unit != 'B':
            return ('%+.1f %s' if sign else '%.1f %s') % (size, unit)
        if abs(size) < 10 * 1024 or unit == 'TiB':
            return ('%+.0f %s' if sign else '%.0f %s') % (size, unit)
        size /= 1024


def _source_line(filename, lineno):
    try:
        with open(filename, encoding='utf-8', errors='replace') as file:
            for number, line in enumerate(file, 1):
                if number == lineno:
                    return line.strip()
    except OSError:
        pass
    return ''


class Frame:
    """A line of a file."""
    __slots__ = ('_frame',)

    def __init__(self, frame):
        self._frame = frame

    @property
    def filename(self):
        return self._frame[0]

    @property
    def lineno(self):
        return self._frame[1]

    def __eq__(self, other):
        if not isinstance(other, Frame):
            return NotImplemented
        return self._frame == other._frame

    def __lt__(self, other):
        if not isinstance(other, Frame):
            return NotImplemented
        return self._frame < other._frame

    def __hash__(self):
        return hash(self._frame)

    def __str__(self):
        return '%s:%s' % (self.filename, self.lineno)

    def __repr__(self):
        return '<Frame filename=%r lineno=%r>' % (self.filename, self.lineno)


class Traceback:
    """Frames sorted from the oldest to the most recent."""
    __slots__ = ('_frames', '_total_nframe')

    def __init__(self, frames, total_nframe=None):
        self._frames = tuple(reversed(frames))
        self._total_nframe = total_nframe

    @property
    def total_nframe(self):
        return self._total_nframe

    def __len__(self):
        return len(self._frames)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(Frame(frame) for frame in self._frames[index])
        return Frame(self._frames[index])

    def __contains__(self, frame):
        return frame._frame in self._frames

    def __hash__(self):
        return hash(self._frames)

    def __eq__(self, other):
        if not isinstance(other, Traceback):
            return NotImplemented
        return self._frames == other._frames

    def __lt__(self, other):
        if not isinstance(other, Traceback):
            return NotImplemented
        return self._frames < other._frames

    def __str__(self):
        return str(self[0])

    def __repr__(self):
        return '<Traceback %r>' % (tuple(self),)

    def format(self, limit=None, most_recent_first=False):
        lines = []
        frames = list(self)
        if limit is not None:
            frames = frames[-limit:] if limit > 0 else frames[:limit]
        if most_recent_first:
            frames = reversed(frames)
        for frame in frames:
            lines.append('  File "%s", line %s' % (frame.filename, frame.lineno))
            line = _source_line(frame.filename, frame.lineno)
            if line:
                lines.append('    %s' % line)
        return lines


def get_object_traceback(obj):
    """The traceback where the object was made, or None."""
    frames = _get_object_traceback(obj)
    return None if frames is None else Traceback(frames)


class Trace:
    """Size and traceback of a block."""
    __slots__ = ('_trace',)

    def __init__(self, trace):
        self._trace = trace

    @property
    def domain(self):
        return 0

    @property
    def size(self):
        return self._trace[0]

    @property
    def traceback(self):
        return Traceback(self._trace[1])

    def __str__(self):
        return '%s: %s' % (self.traceback, _format_size(self.size, False))

    def __repr__(self):
        return '<Trace domain=0 size=%s, traceback=%r>' % (_format_size(self.size, False), self.traceback)


class Statistic:
    """Blocks that were made at the same place."""
    __slots__ = ('traceback', 'size', 'count')

    def __init__(self, traceback, size, count):
        self.traceback = traceback
        self.size = size
        self.count = count

    def _sort_key(self):
        return (self.size, self.count, self.traceback)

    def __eq__(self, other):
        if not isinstance(other, Statistic):
            return NotImplemented
        return self._sort_key() == other._sort_key()

    def __hash__(self):
        return hash((self.traceback, self.size, self.count))

    def __str__(self):
        text = '%s: size=%s, count=%i' % (self.traceback, _format_size(self.size, False), self.count)
        if self.count:
            text += ', average=%s' % _format_size(self.size / self.count, False)
        return text

    def __repr__(self):
        return '<Statistic traceback=%r size=%i count=%i>' % (self.traceback, self.size, self.count)


class StatisticDiff:
    """How the blocks of one place have changed."""
    __slots__ = ('traceback', 'size', 'size_diff', 'count', 'count_diff')

    def __init__(self, traceback, size, size_diff, count, count_diff):
        self.traceback = traceback
        self.size = size
        self.size_diff = size_diff
        self.count = count
        self.count_diff = count_diff

    def _sort_key(self):
        return (abs(self.size_diff), self.size, abs(self.count_diff), self.count, self.traceback)

    def __eq__(self, other):
        if not isinstance(other, StatisticDiff):
            return NotImplemented
        return self._sort_key() == other._sort_key()

    def __hash__(self):
        return hash((self.traceback, self.size, self.size_diff, self.count, self.count_diff))

    def __str__(self):
        text = '%s: size=%s (%s), count=%i (%+i)' % (
            self.traceback, _format_size(self.size, False), _format_size(self.size_diff, True),
            self.count, self.count_diff)
        if self.count:
            text += ', average=%s' % _format_size(self.size / self.count, False)
        return text

    def __repr__(self):
        return '<StatisticDiff traceback=%r size=%i (%+i) count=%i (%+i)>' % (
            self.traceback, self.size, self.size_diff, self.count, self.count_diff)


def _matches(name, pattern):
    if name == pattern:
        return True
    if '*' not in pattern and '?' not in pattern:
        return False
    if not pattern:
        return not name
    if pattern[0] == '*':
        return any(_matches(name[start:], pattern[1:]) for start in range(len(name) + 1))
    return bool(name) and pattern[0] in ('?', name[0]) and _matches(name[1:], pattern[1:])


class Filter:
    """Keeps or leaves out the traces of some files."""

    def __init__(self, inclusive, filename_pattern, lineno=None, all_frames=False, domain=None):
        self.inclusive = inclusive
        self._filename_pattern = filename_pattern
        self.lineno = lineno
        self.all_frames = all_frames
        self.domain = domain

    @property
    def filename_pattern(self):
        return self._filename_pattern

    def _match_frame(self, filename, lineno):
        if not _matches(filename, self._filename_pattern):
            return False
        return self.lineno is None or lineno == self.lineno

    def _match(self, trace):
        frames = trace[1] if self.all_frames else trace[1][:1]
        found = any(self._match_frame(filename, lineno) for filename, lineno in frames)
        return found if self.inclusive else not found


class Snapshot:
    """All traces at one moment."""

    def __init__(self, traces, traceback_limit):
        self._traces = traces
        self.traceback_limit = traceback_limit

    @property
    def traces(self):
        return [Trace(trace) for trace in self._traces]

    def filter_traces(self, filters):
        filters = list(filters)
        including = [one for one in filters if one.inclusive]
        excluding = [one for one in filters if not one.inclusive]
        traces = [trace for trace in self._traces
                  if (not including or any(one._match(trace) for one in including))
                  and all(one._match(trace) for one in excluding)]
        return Snapshot(traces, self.traceback_limit)

    def _group_by(self, key_type, cumulative):
        if key_type not in ('traceback', 'filename', 'lineno'):
            raise ValueError('unknown key_type: %r' % (key_type,))
        groups = {}
        for size, frames in self._traces:
            if key_type == 'traceback':
                keys = [frames]
            else:
                chosen = frames if cumulative else frames[:1]
                keys = {((filename, lineno if key_type == 'lineno' else 0),) for filename, lineno in chosen}
            for key in keys:
                group = groups.get(key)
                if group is None:
                    groups[key] = [size, 1]
                else:
                    group[0] += size
                    group[1] += 1
        return {Traceback(key): Statistic(Traceback(key), size, count) for key, (size, count) in groups.items()}

    def statistics(self, key_type, cumulative=False):
        grouped = list(self._group_by(key_type, cumulative).values())
        grouped.sort(reverse=True, key=Statistic._sort_key)
        return grouped

    def compare_to(self, old_snapshot, key_type, cumulative=False):
        new = self._group_by(key_type, cumulative)
        old = old_snapshot._group_by(key_type, cumulative)
        differences = []
        for traceback, stat in new.items():
            before = old.pop(traceback, None)
            size, count = (before.size, before.count) if before else (0, 0)
            differences.append(StatisticDiff(traceback, stat.size, stat.size - size, stat.count, stat.count - count))
        for traceback, stat in old.items():
            differences.append(StatisticDiff(traceback, 0, -stat.size, 0, -stat.count))
        differences.sort(reverse=True, key=StatisticDiff._sort_key)
        return differences


def take_snapshot():
    """Take a snapshot of traces of memory blocks allocated by the program."""
    if not is_tracing():
        raise RuntimeError('the tracemalloc module must be tracing memory allocations to take a snapshot')
    return Snapshot(_get_traces(), get_traceback_limit())
