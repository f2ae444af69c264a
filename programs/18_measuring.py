"""18. Measuring

Do not guess where the water goes: read the meter at the house first, then at every tap.

Run: glasspy --lesson 18
"""
import time
import timeit
import tracemalloc


def about(number, unit):
    """Rounded, so that a few bytes do not matter."""
    return round(number / unit)


print("--- The meter of the house: now, and at most ---")


def fill(kilobytes):
    return [bytearray(1000) for _ in range(kilobytes)]


tracemalloc.start()
pond = fill(200)
now, peak = tracemalloc.get_traced_memory()
print(f"  after filling : now about {about(now, 50_000) * 50} KB")
pond = None
now, peak = tracemalloc.get_traced_memory()
print(f"  after draining: now about {about(now, 50_000) * 50} KB, at most about {about(peak, 50_000) * 50} KB")
print("  The peak decides whether a program fits into the machine.")
tracemalloc.stop()

print("--- A meter at every tap ---")


def kitchen(day):
    return bytearray(30_000)


def garden(day):
    return [bytearray(1000) for _ in range(150)]


def cellar(day, barrel=[]):
    barrel.append(bytearray(50_000))        # nobody ever empties the barrel


def week(days):
    for day in range(days):
        kitchen(day), garden(day), cellar(day)


week(1)                             # the first day is different: things are made that stay
tracemalloc.start()
before = tracemalloc.take_snapshot()
week(5)
after = tracemalloc.take_snapshot()
tracemalloc.stop()
top = after.compare_to(before, "lineno")[0]
with_name = [function for function in (kitchen, garden, cellar)
             if 0 <= top.traceback[0].lineno - function.__code__.co_firstlineno <= 1]
print("  the garden takes most water, but what grows is the", with_name[0].__name__)
print(f"  by about {about(top.size_diff, 50_000) * 50} KB in five days, in {top.count_diff} pieces or one more")

print("--- A watch ---")


def stopwatch(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def in_a_list(words, asked):
    return sum(word in words for word in asked)


words = [f"word {n}" for n in range(2000)]
asked = words[::10]
slow = min(stopwatch(in_a_list, words, asked) for _ in range(5))
fast = min(stopwatch(in_a_list, set(words), asked) for _ in range(5))
print("  200 questions to a list of 2000, or to a set; the set is more than five times as fast:", slow > 5 * fast)
print("  Take the least of several runs: noise only ever makes a run longer.")
small = min(timeit.repeat("total = sum(range(10))", number=20, repeat=9))
large = min(timeit.repeat("total = sum(range(1000))", number=20, repeat=9))
print("  timeit runs a line many times; a hundred times the work takes longer:", large > small)

print("--- Counting needs no watch ---")


class Counted:
    """A number that counts how often it is compared: the same on every machine."""

    comparisons = 0

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Counted.comparisons += 1
        return self.value < other.value


def comparisons(values):
    Counted.comparisons = 0
    sorted(map(Counted, values))
    return Counted.comparisons


print("  sorting 64 that are in order:      ", comparisons(range(64)))
print("  sorting 64 that are turned round:  ", comparisons(reversed(range(64))))
print("  sorting 64 that are shuffled a bit:", comparisons((n * 37) % 64 for n in range(64)))

print("--- Two answers to one question ---")


def total_by_list(n):
    return sum([k * k for k in range(n)])


def total_by_generator(n):
    return sum(k * k for k in range(n))


peaks = []
for function in total_by_list, total_by_generator:
    tracemalloc.start()
    function(20_000)
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
print("  the list needs more than a hundred times the memory of the generator:", peaks[0] > 100 * peaks[1])

# Why measure? Because the slow line and the hungry line are nearly never those one would have guessed. First measure,
# then change one thing, then measure again.
#
# Try: empty the barrel at the end of week(). What is the top line then?
# Try: print the three lines at the head of after.statistics("lineno"). Do you know all of them?
# Try: time total_by_list against total_by_generator. Who wins, and what does he pay for it?
