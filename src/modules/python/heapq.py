"""A priority queue in a list: heap[k] <= heap[2*k+1] and heap[k] <= heap[2*k+2], so that heap[0] is the smallest."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]

from _heapq import *
from _heapq import _heapify_max, _heappop_max, _heapreplace_max


class _Reversed:
    """An item of a heap whose largest comes first."""

    __slots__ = ("key",)

    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        return other.key < self.key

    def __eq__(self, other):
        return self.key == other.key


def merge(*iterables, key=None, reverse=False):
    """Join sorted iterables into one sorted stream."""
    heap = []
    for order, iterable in enumerate(iterables):
        following = iter(iterable).__next__
        try:
            value = following()
        except StopIteration:
            continue
        heap.append(_merge_entry(value, order, following, key, reverse))
    heapify(heap)
    while heap:
        _, order, value, following = heap[0]
        yield value
        try:
            value = following()
        except StopIteration:
            heappop(heap)
        else:
            heapreplace(heap, _merge_entry(value, order, following, key, reverse))


def _merge_entry(value, order, following, key, reverse):
    rank = value if key is None else key(value)
    return (_Reversed(rank) if reverse else rank, order, value, following)


def nsmallest(n, iterable, key=None):
    """The n smallest items, in order."""
    return _extremes(n, iterable, key, min, False)


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first."""
    return _extremes(n, iterable, key, max, True)


def _extremes(n, iterable, key, best, reverse):
    if n == 1:
        nothing = object()
        found = best(iterable, default=nothing, key=key)
        return [] if found is nothing else [found]
    try:
        takes_all = n >= len(iterable)
    except (TypeError, AttributeError):
        if not hasattr(n, "__index__"):
            raise
        takes_all = False
    ranked = sorted(iterable, key=key, reverse=reverse)
    return ranked if takes_all else ranked[:max(n, 0)]
