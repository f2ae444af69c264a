"""A priority queue in a list: heap[k] <= heap[2*k+1] and heap[k] <= heap[2*k+2], so that heap[0] is the smallest."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def heappush(heap, item, /):
    """Put an item on the heap."""
    _check(heap, "heappush() argument 1")
    heap.append(item)
    _toward_root(heap, 0, len(heap) - 1)


def heappop(heap, /):
    """Take the smallest item off the heap."""
    _check(heap, "heappop() argument")
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    smallest = heap[0]
    heap[0] = last
    _toward_leaves(heap, 0)
    return smallest


def heapreplace(heap, item, /):
    """Take the smallest item off and put another on."""
    _check(heap, "heapreplace() argument 1")
    if not heap:
        raise IndexError("index out of range")
    smallest = heap[0]
    heap[0] = item
    _toward_leaves(heap, 0)
    return smallest


def heappushpop(heap, item, /):
    """Put an item on, then take the smallest off."""
    _check(heap, "heappushpop() argument 1")
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _toward_leaves(heap, 0)
    return item


def heapify(heap, /):
    """Make a heap of a list, in place and in linear time."""
    _check(heap, "heapify() argument")
    for i in reversed(range(len(heap) // 2)):
        _toward_leaves(heap, i)


def _check(heap, argument):
    if not isinstance(heap, list):
        raise TypeError(f"{argument} must be list, not {type(heap).__name__}")


def _toward_root(heap, start, place):
    """Move the item at place up until its parent is not larger."""
    item = heap[place]
    while place > start:
        parent_place = (place - 1) >> 1
        parent = heap[parent_place]
        if not item < parent:
            break
        heap[place] = parent
        place = parent_place
    heap[place] = item


def _toward_leaves(heap, place):
    """Move the item at place down to a leaf along the smaller children, then up to where it belongs.

    It comes from the end of the heap as a rule, so that it belongs near the leaves: this compares least.
    """
    end = len(heap)
    start = place
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    _toward_root(heap, start, place)


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
