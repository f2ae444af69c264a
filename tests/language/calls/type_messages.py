"""Messages of calls of types, and of what asks a length late."""
import collections
import sys

for args, names in [((1,), {"x": 1}), (("A", (), {}), {"x": 1}), ((), {}), ((1, 2), {"x": 1})]:
    try:
        type(*args, **names)
    except TypeError as e:
        print(e)
for thing in sys.version_info, collections.defaultdict(), collections.deque, collections.OrderedDict:
    try:
        thing.missing
    except AttributeError as e:
        print(e)


def through_list(x):
    return list(map(through_list, [x]))


try:
    through_list(1)
except RecursionError as e:
    print(e)


class Shrink:
    def __index__(self):
        del items[3:]
        return -2


items = [9, 9, 9, 9, 9]
print(items.index(9, Shrink()), items)


class Appender:
    def __eq__(self, other):
        queue.append(99)
        return True


queue = collections.deque([Appender()])
print(0 in queue, len(queue))
