"""Functions that are native in CPython are shown as such."""

import bisect
import functools
import heapq
import operator
import struct

print(operator.add, operator.itemgetter(1), functools.reduce, heapq.heappush, struct.pack)
print({"+": operator.add, "-": operator.sub}, bisect.insort_left)
print(str(functools.wraps)[:10], str(heapq.merge)[:10], len, functools.partial(operator.mul, 2))
