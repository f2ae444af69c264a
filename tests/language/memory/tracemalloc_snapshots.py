# Snapshots of given traces: statistics, differences, filters and how everything is shown.
import tracemalloc

FILES = ['/a/b.py', '/a/c.py', 'x.py', 'd[e].py', 'm.pyc']
SIZES = [8, 16, 5000, 200000, 3 << 20]


def traces(seed, count):
    def number(below):
        nonlocal seed
        seed = (seed * 1103515245 + 12345) % (1 << 31)
        return (seed >> 16) % below

    made = []
    for _ in range(count):
        depth = 1 + number(4)
        frames = tuple((FILES[number(5)], 1 + number(3)) for _ in range(depth))
        made.append((3 if number(4) == 0 else 0, SIZES[number(5)], frames, depth + number(3)))
    return made


new, old = tracemalloc.Snapshot(traces(1, 40), 25), tracemalloc.Snapshot(traces(2, 30), 25)
for key in 'filename', 'lineno', 'traceback':
    for cumulative in False, True:
        print('---', key, cumulative)
        try:
            for statistic in new.statistics(key, cumulative):
                print(statistic, repr(statistic))
            for difference in new.compare_to(old, key, cumulative):
                print(difference, repr(difference))
        except ValueError as error:
            print(error)

print('--- filters')
for arguments in [(True, '/a/*'), (False, '/a/*'), (True, '*.py', 3), (True, 'x.py', None, True),
                  (False, 'x.py', None, True), (False, 'x.py', 2, True), (True, '?.p[x-z]'), (True, 'd[[]e].py'),
                  (True, 'm.pyc'), (True, '[!x].py'), (True, '/a/b.py', None, False, 3),
                  (False, '/a/b.py', None, False, 3), (True, 'd[e].py'), (True, '*'), (True, '**b*y'), (True, '[')]:
    one = tracemalloc.Filter(*arguments)
    kept = new.filter_traces([one]).traces
    print(arguments, one.filename_pattern, one.inclusive, one.lineno, one.all_frames, one.domain, repr(kept))
    print([str(trace) for trace in kept[:3]], kept[:2])
for inclusive in True, False:
    one = tracemalloc.DomainFilter(inclusive, 3)
    print(one.domain, repr(new.filter_traces((one,)).traces))
    both = [one, tracemalloc.Filter(True, 'x.py'), tracemalloc.Filter(True, '/a/*'), tracemalloc.Filter(False, '*', 1)]
    print(repr(new.filter_traces(both).traces))
for wrong in (lambda: new.statistics('size'), lambda: new.filter_traces(3)):
    try:
        wrong()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

print('--- traces and tracebacks')
one, other = new.traces[0], new.traces[1]
place = one.traceback
print(one.domain, one.size, place, len(place), place.total_nframe, repr(place[0]), repr(place[:1]), repr(one))
print(place == other.traceback, place < other.traceback, place >= other.traceback, place == place, one == other)
print(one in new.traces, new.traces == new.traces, new.traces == old.traces, len(new.traces), new.traces[:1])
print(place[0] in place, place[0] == place[0], hash(place) == hash(one.traceback), new.traceback_limit)
frames = tracemalloc.Traceback((('t.py', 3), ('t.py', 4), ('nowhere.py', 7)))
print(frames, repr(frames), frames.total_nframe, sorted(frames, reverse=True))
for limit in None, 1, 2, -1, 0, 5:
    print(limit, frames.format(limit), frames.format(limit, most_recent_first=True))
single = new.statistics('lineno')[0]
print(single == new.statistics('lineno')[0], single == new.statistics('lineno')[1], single == 3)
