"""Trace memory blocks allocated by the program: which line asked for which block.

A trace is a tuple (domain, size, frames, depth): frames are (file name, line) from the newest call to the oldest, as many
as `start` was told to keep; depth is how many there were.
"""

import json
import linecache
from collections.abc import Iterable, Sequence
from functools import total_ordering

from _tracemalloc import (start, stop, is_tracing, get_traced_memory, reset_peak, clear_traces,
                          get_traceback_limit, get_tracemalloc_memory, _get_traces, _get_object_traceback)

_UNITS = ('B', 'KiB', 'MiB', 'GiB', 'TiB')


def _format_size(size, sign):
    form = '%+.*f %s' if sign else '%.*f %s'
    for unit in _UNITS:
        if unit != 'B' and abs(size) < 100:
            return form % (1, size, unit)
        if abs(size) < 10 * 1024 or unit == _UNITS[-1]:
            return form % (0, size, unit)
        size /= 1024


class Statistic:
    """The blocks that were made at one place."""

    __slots__ = ('traceback', 'size', 'count')

    def __init__(self, traceback, size, count):
        self.traceback = traceback
        self.size = size
        self.count = count

    def __hash__(self):
        return hash((self.traceback, self.size, self.count))

    def __eq__(self, other):
        if not isinstance(other, Statistic):
            return NotImplemented
        return self._sort_key() == other._sort_key()

    def __str__(self):
        text = f'{self.traceback}: size={_format_size(self.size, False)}, count={self.count}'
        if self.count:
            text += f', average={_format_size(self.size / self.count, False)}'
        return text

    def __repr__(self):
        return f'<Statistic traceback={self.traceback!r} size={self.size} count={self.count}>'

    def _sort_key(self):
        return self.size, self.count, self.traceback


class StatisticDiff:
    """How the blocks of one place have changed from one snapshot to another."""

    __slots__ = ('traceback', 'size', 'size_diff', 'count', 'count_diff')

    def __init__(self, traceback, size, size_diff, count, count_diff):
        self.traceback = traceback
        self.size = size
        self.size_diff = size_diff
        self.count = count
        self.count_diff = count_diff

    def __hash__(self):
        return hash((self.traceback, self.size, self.size_diff, self.count, self.count_diff))

    def __eq__(self, other):
        if not isinstance(other, StatisticDiff):
            return NotImplemented
        return (self.traceback == other.traceback and self.size == other.size
                and self.size_diff == other.size_diff and self.count == other.count
                and self.count_diff == other.count_diff)

    def __str__(self):
        text = (f'{self.traceback}: size={_format_size(self.size, False)} '
                f'({_format_size(self.size_diff, True)}), count={self.count} ({self.count_diff:+})')
        if self.count:
            text += f', average={_format_size(self.size / self.count, False)}'
        return text

    def __repr__(self):
        return (f'<StatisticDiff traceback={self.traceback!r} size={self.size} ({self.size_diff:+}) '
                f'count={self.count} ({self.count_diff:+})>')

    def _sort_key(self):
        return abs(self.size_diff), self.size, abs(self.count_diff), self.count, self.traceback


@total_ordering
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
        return f'{self.filename}:{self.lineno}'

    def __repr__(self):
        return f'<Frame filename={self.filename!r} lineno={self.lineno!r}>'


@total_ordering
class Traceback(Sequence):
    """Frames from the oldest call to the newest."""

    __slots__ = ('_frames', '_total_nframe')

    def __init__(self, frames, total_nframe=None):
        Sequence.__init__(self)
        self._frames = tuple(frames)[::-1]
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
        depth = '' if self._total_nframe is None else f' total_nframe={self._total_nframe}'
        return f'<Traceback {tuple(self)}{depth}>'

    def format(self, limit=None, most_recent_first=False):
        """Lines for a traceback: the newest `limit` frames, or the oldest if it is negative."""
        if limit is None:
            frames = self[:]
        else:
            frames = self[-limit:] if limit > 0 else self[:limit]
        lines = []
        for frame in reversed(frames) if most_recent_first else frames:
            lines.append(f'  File "{frame.filename}", line {frame.lineno}')
            source = linecache.getline(frame.filename, frame.lineno).strip()
            if source:
                lines.append('    ' + source)
        return lines


def get_object_traceback(obj):
    """The traceback of where the object was made, or None if that was not traced."""
    frames = _get_object_traceback(obj)
    return None if frames is None else Traceback(frames)


class Trace:
    """A block: its size, and where it was made."""

    __slots__ = ('_trace',)

    def __init__(self, trace):
        self._trace = trace

    @property
    def domain(self):
        return self._trace[0]

    @property
    def size(self):
        return self._trace[1]

    @property
    def traceback(self):
        return Traceback(*self._trace[2:])

    def __eq__(self, other):
        if not isinstance(other, Trace):
            return NotImplemented
        return self._trace == other._trace

    def __hash__(self):
        return hash(self._trace)

    def __str__(self):
        return f'{self.traceback}: {_format_size(self.size, False)}'

    def __repr__(self):
        return f'<Trace domain={self.domain} size={_format_size(self.size, False)}, traceback={self.traceback!r}>'


class _Traces(Sequence):
    """The traces of a snapshot."""

    def __init__(self, traces):
        Sequence.__init__(self)
        self._traces = traces

    def __len__(self):
        return len(self._traces)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(Trace(trace) for trace in self._traces[index])
        return Trace(self._traces[index])

    def __contains__(self, trace):
        return trace._trace in self._traces

    def __eq__(self, other):
        if not isinstance(other, _Traces):
            return NotImplemented
        return self._traces == other._traces

    def __repr__(self):
        return f'<Traces len={len(self)}>'


def _normalize_filename(filename):
    return filename[:-1] if filename.endswith('.pyc') else filename


def _pattern_items(pattern):
    """Cuts a pattern of file names: None stands for any text, each other item is a test of one character."""
    items = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if character == '*':
            if not items or items[-1] is not None:
                items.append(None)
        elif character == '?':
            items.append(lambda found: True)
        elif character == '[':
            end = pattern.find(']', at + 2 if pattern[at:at + 1] == '!' else at + 1)
            if end < 0:
                items.append('['.__eq__)
            else:
                items.append(_character_set(pattern[at:end]))
                at = end + 1
        else:
            items.append(character.__eq__)
    return items


def _character_set(text):
    wanted = not text.startswith('!')
    if not wanted:
        text = text[1:]
    ranges = []
    at = 0
    while at < len(text):
        if text[at + 1:at + 2] == '-' and at + 2 < len(text):
            ranges.append((text[at], text[at + 2]))
            at += 3
        else:
            ranges.append((text[at], text[at]))
            at += 1
    return lambda found: any(low <= found <= high for low, high in ranges) == wanted


def _fits(name, items):
    """Whether a name is as the items say. After a mismatch the newest None takes one character more."""
    at = item = 0
    star = None
    while at < len(name):
        if item < len(items) and items[item] is None:
            star, resume = item, at
            item += 1
        elif item < len(items) and items[item](name[at]):
            at += 1
            item += 1
        elif star is not None:
            resume += 1
            item, at = star + 1, resume
        else:
            return False
    return all(rest is None for rest in items[item:])


class BaseFilter:
    """Keeps (or leaves out, if not inclusive) some traces."""

    def __init__(self, inclusive):
        self.inclusive = inclusive

    def _match(self, trace):
        raise NotImplementedError


class Filter(BaseFilter):
    """Keeps or leaves out the traces of files whose name fits a pattern."""

    def __init__(self, inclusive, filename_pattern, lineno=None, all_frames=False, domain=None):
        super().__init__(inclusive)
        self.lineno = lineno
        self.all_frames = all_frames
        self.domain = domain
        self._filename_pattern = _normalize_filename(filename_pattern)
        self._items = _pattern_items(self._filename_pattern)
        self._known = {}

    @property
    def filename_pattern(self):
        return self._filename_pattern

    def _fits_file(self, filename):
        fits = self._known.get(filename)
        if fits is None:
            fits = self._known[filename] = _fits(_normalize_filename(filename), self._items)
        return fits

    def _match_frame(self, filename, lineno):
        fits = self._fits_file(filename) and (self.lineno is None or lineno == self.lineno)
        return fits == bool(self.inclusive)

    def _match_traceback(self, frames):
        if not self.all_frames:
            return self._match_frame(*frames[0])
        fits = any(self._fits_file(filename) and (self.lineno is None or lineno == self.lineno)
                   for filename, lineno in frames)
        return fits == bool(self.inclusive)

    def _match(self, trace):
        kept = self._match_traceback(trace[2])
        if self.domain is None:
            return kept
        if self.inclusive:
            return kept and trace[0] == self.domain
        return kept or trace[0] != self.domain


class DomainFilter(BaseFilter):
    """Keeps or leaves out the traces of an address space."""

    def __init__(self, inclusive, domain):
        super().__init__(inclusive)
        self._domain = domain

    @property
    def domain(self):
        return self._domain

    def _match(self, trace):
        return (trace[0] == self._domain) == bool(self.inclusive)


class Snapshot:
    """All traces of one moment."""

    def __init__(self, traces, traceback_limit):
        self.traces = _Traces(traces)
        self.traceback_limit = traceback_limit

    def dump(self, filename):
        """Write the snapshot into a file."""
        with open(filename, 'w', encoding='utf-8') as file:
            others = {name: value for name, value in vars(self).items() if name not in ('traces', 'traceback_limit')}
            json.dump({'traceback_limit': self.traceback_limit, 'traces': self.traces._traces, 'others': others}, file)

    @staticmethod
    def load(filename):
        """Read a snapshot from a file."""
        with open(filename, encoding='utf-8') as file:
            content = json.load(file)
        traces = [(domain, size, tuple(tuple(frame) for frame in frames), depth)
                  for domain, size, frames, depth in content['traces']]
        snapshot = Snapshot(traces, content['traceback_limit'])
        vars(snapshot).update(content['others'])
        return snapshot

    def filter_traces(self, filters):
        """A new snapshot of the traces that some inclusive filter keeps, if there is one, and no exclusive one drops."""
        if not isinstance(filters, Iterable):
            raise TypeError(f'filters must be a list of filters, not {type(filters).__name__}')
        filters = list(filters)
        keeping = [one for one in filters if one.inclusive]
        dropping = [one for one in filters if not one.inclusive]
        traces = [trace for trace in self.traces._traces
                  if (not keeping or any(one._match(trace) for one in keeping))
                  and all(one._match(trace) for one in dropping)]
        return Snapshot(traces, self.traceback_limit)

    def _group_by(self, key_type, cumulative):
        if key_type not in ('traceback', 'filename', 'lineno'):
            raise ValueError(f'unknown key_type: {key_type!r}')
        if cumulative and key_type == 'traceback':
            raise ValueError(f'cumulative mode cannot by used with key type {key_type!r}')
        statistics = {}
        for _, size, frames, _ in self.traces._traces:
            if key_type == 'traceback':
                keys = (frames,)
            else:
                chosen = frames if cumulative else frames[:1]
                keys = [((filename, lineno if key_type == 'lineno' else 0),) for filename, lineno in chosen]
            for key in keys:
                found = statistics.get(key)
                if found is None:
                    statistics[key] = Statistic(Traceback(key), size, 1)
                else:
                    found.size += size
                    found.count += 1
        return {statistic.traceback: statistic for statistic in statistics.values()}

    def statistics(self, key_type, cumulative=False):
        """Statistics of each 'filename', 'lineno' or 'traceback', the largest first."""
        return sorted(self._group_by(key_type, cumulative).values(), key=Statistic._sort_key, reverse=True)

    def compare_to(self, old_snapshot, key_type, cumulative=False):
        """The differences from an older snapshot, the largest first."""
        new = self._group_by(key_type, cumulative)
        old = old_snapshot._group_by(key_type, cumulative)
        differences = []
        for traceback, now in new.items():
            before = old.pop(traceback, None)
            size, count = (0, 0) if before is None else (before.size, before.count)
            differences.append(StatisticDiff(traceback, now.size, now.size - size, now.count, now.count - count))
        for traceback, before in old.items():
            differences.append(StatisticDiff(traceback, 0, -before.size, 0, -before.count))
        differences.sort(key=StatisticDiff._sort_key, reverse=True)
        return differences


def take_snapshot():
    """Take a snapshot of the traces of all blocks."""
    if not is_tracing():
        raise RuntimeError('the tracemalloc module must be tracing memory allocations to take a snapshot')
    return Snapshot(_get_traces(), get_traceback_limit())
