# Tracing: switches, limits, which line made what.
import tracemalloc

print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_traceback_limit())
for nframe in 0, -1, 65536, 1 << 40:
    try:
        tracemalloc.start(nframe)
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
try:
    tracemalloc.take_snapshot()
except RuntimeError as error:
    print(error)
print(tracemalloc.get_object_traceback([]))

tracemalloc.start(3)
tracemalloc.start(7)
print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit())


def inner():
    return bytearray(100_000)


def outer(depth):
    return inner() if depth == 0 else outer(depth - 1)


def lines(snapshot):
    return snapshot.filter_traces([tracemalloc.Filter(True, __file__)])


base = tracemalloc.get_traced_memory()[0]
held = outer(4)
print(100_000 <= tracemalloc.get_traced_memory()[0] - base < 101_000)
place = tracemalloc.get_object_traceback(held)
print([frame.lineno for frame in place], place[-1].filename == __file__)
snapshot = tracemalloc.take_snapshot()
large = [trace for trace in lines(snapshot).traces if trace.size > 50_000]
print(len(large), large[0].traceback == place, large[0].traceback.total_nframe, snapshot.traceback_limit)

before = tracemalloc.take_snapshot()
held = None
difference = tracemalloc.take_snapshot().compare_to(before, 'traceback')[0]
print(difference.size_diff < -99_000, difference.count_diff, [frame.lineno for frame in difference.traceback])
print(tracemalloc.get_traced_memory()[1] >= 100_000)
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] < 3_000_000)

grows = bytearray(10)
grows.extend(bytes(200_000))
largest = lines(tracemalloc.take_snapshot()).statistics('lineno')[0]
print(largest.traceback[0].lineno, largest.size >= 200_000)

numbers = [10 ** 10, 10 ** 11]
total = 0
for number in numbers:
    total = (
        number
        * 123456
    )
print([frame.lineno for frame in tracemalloc.get_object_traceback(total)])

tracemalloc.clear_traces()
print(tracemalloc.get_traced_memory()[0] < 1000, tracemalloc.get_object_traceback(numbers))
print(tracemalloc.get_tracemalloc_memory() > 0)
tracemalloc.stop()
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_object_traceback(numbers))
