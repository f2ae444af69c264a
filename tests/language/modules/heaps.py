"""Heaps: the order of comparisons, what raises in the middle, lists that change meanwhile, the largest first."""
import heapq
import random

rng = random.Random(3)
data = [rng.randrange(1000) for _ in range(40)]
heap = data[:]
heapq.heapify(heap)
print(heap)
for value in (5, 500, 2000):
    heapq.heappush(heap, value)
    print(heap[:6], heapq.heapreplace(heap, value + 1), heapq.heappushpop(heap, value), heapq.heappushpop(heap, -1))
print([heapq.heappop(heap) for _ in range(len(heap))])
largest = data[:]
heapq._heapify_max(largest)
print(largest, heapq._heapreplace_max(largest, 3), [heapq._heappop_max(largest) for _ in range(5)])
big = [rng.random() for _ in range(3000)]
heap = big[:]
heapq.heapify(heap)
print([heapq.heappop(heap) for _ in heap[:]] == sorted(big))
print(heapq.nsmallest(3, data), heapq.nlargest(3, data, key=lambda v: -v), list(heapq.merge([1, 4], [2, 3], reverse=False)))


class Told:
    log = []
    limit = None

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Told.log.append((self.n, other.n))
        if Told.limit is not None and len(Told.log) > Told.limit:
            raise ValueError("enough")
        return self.n < other.n

    def __repr__(self):
        return f"T{self.n}"


def told(name, call):
    Told.log = []
    try:
        print(name, call(), end=" ")
    except Exception as error:
        print(name, type(error).__name__, error, end=" ")
    print(Told.log)


for limit in (None, 0, 2, 5):
    Told.limit = limit
    heap = [Told(n) for n in (5, 3, 8, 1, 9, 2)]
    told("heapify", lambda: heapq.heapify(heap))
    told("push", lambda: heapq.heappush(heap, Told(0)))
    told("pop", lambda: heapq.heappop(heap))
    told("replace", lambda: heapq.heapreplace(heap, Told(7)))
    told("pushpop", lambda: heapq.heappushpop(heap, Told(4)))
    print(heap)
Told.limit = None


class Changes:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        self.change()
        return self.n < other.n

    def change(self):
        pass


def changed(change, call):
    heap = [Changes(n) for n in range(6)]
    Changes.change = lambda self: change(heap)
    try:
        call(heap)
    except Exception as error:
        print(type(error).__name__, error, len(heap))
    Changes.change = lambda self: None


for change in (lambda heap: heap.append(1), lambda heap: heap.clear(), lambda heap: heap.pop()):
    for call in (heapq.heapify, heapq.heappop, lambda heap: heapq.heappush(heap, Changes(-1)),
                 lambda heap: heapq.heapreplace(heap, Changes(9)), lambda heap: heapq.heappushpop(heap, Changes(9))):
        changed(change, call)
for case in ("heappop([])", "heapreplace([], 1)", "heappushpop([], 1)", "heapify([])", "heapify((1,))", "heappush((), 1)",
             "heappush([], 1, 2)", "heappop()", "heapify([1, 'a'])", "heappush(heap=[], item=1)", "heapreplace({}, 1)"):
    try:
        print(case, eval("heapq." + case))
    except Exception as error:
        print(case, type(error).__name__, error)


class Queue(list):
    push = heapq.heappush
    pop_smallest = heapq.heappop


queue = Queue()
queue.push(queue, 3)
queue.push(queue, 1)
print(queue, queue.pop_smallest(queue), type(heapq.heappush).__name__)
