"""11. Leaks

In Python nothing is lost; a leak is what is still held, by someone who has forgotten it.

Run: glasspy --lesson 11
"""
import functools
import gc


class Order:
    """What piles up in this shop."""

    def __init__(self, number):
        self.number = number


def orders_in_memory():
    """Counts the orders by asking the collector for everything it follows."""
    gc.collect()
    return sum(type(thing) is Order for thing in gc.get_objects())


def day_after_day(name, shop):
    """A shop without a leak needs no more on the fifth day than on the first."""
    course = []
    for day in range(5):
        shop(day)
        course.append(orders_in_memory())
    verdict = "steady" if course[-1] == course[0] else "LEAK"
    print(f"  {name:34} {verdict:7} {course}")


print("--- Five shops, ten orders a day ---")


def tidy(day):
    orders = [Order(n) for n in range(10)]
    return len(orders)              # the list goes, and all orders with it


archive = []


def hoarder(day):
    for n in range(10):
        archive.append(Order(n))    # a global list that nobody ever reads


@functools.lru_cache(maxsize=None)
def price(order):
    return order.number * 2


def remembering(day):
    for n in range(10):
        price(Order(n))             # the cache keeps every question ever asked


@functools.lru_cache(maxsize=10)
def price_of_a_few(order):
    return order.number * 2


def forgetful(day):
    for n in range(10):
        price_of_a_few(Order(n))    # only the last ten questions


def collecting(day, seen=[]):       # this list belongs to the function, not to the call
    seen.extend(Order(n) for n in range(10))


for name, shop in (
    ("a local list", tidy),
    ("a global list", hoarder),
    ("a cache without bound", remembering),
    ("a cache of ten", forgetful),
    ("a default that is a list", collecting),
):
    day_after_day(name, shop)

print("--- A detective asks: who holds it? ---")


def holders(thing):
    """The names of the kinds of things that refer to it."""
    found = gc.get_referrers(thing)
    return sorted({type(holder).__name__ for holder in found if type(holder).__name__ != "frame"})


suspect = archive[7]
print("  an order of the hoarder is held by:", holders(suspect), "(the dict: this program's own names)")
lists = [holder for holder in gc.get_referrers(suspect) if type(holder) is list]
names = [name for name, value in globals().items() if any(value is holder for holder in lists)]
print("  and that list is called:", names)
del suspect, lists

print("--- A subscription that nobody ended ---")


class Bell:
    def __init__(self):
        self.listeners = []

    def ring(self):
        return [listener() for listener in self.listeners]


class Guest:
    def __init__(self, bell):
        self.order = Order(0)
        bell.listeners.append(self.hear)        # a method holds its object

    def hear(self):
        return "coming"


archive.clear()
price.cache_clear()
price_of_a_few.cache_clear()
collecting.__defaults__[0].clear()
bell = Bell()
for _ in range(3):
    Guest(bell)                     # nobody keeps the guests ...
print("  three guests came and went; orders in memory:", orders_in_memory(), "- the bell answers:", bell.ring())
bell.listeners.clear()
print("  no more listeners; orders in memory:", orders_in_memory())

# Why does the collector not help? It frees what nobody can reach. All these can be reached: a program could still ask
# for them. Only you know that it never will.
#
# Try: del archive[:-10] at the end of hoarder(). What does the verdict say?
# Try: keep weakref.WeakMethod(self.hear) in the bell instead (lesson 15). How must ring() change?
# Try: store the error of a failed call in a global list. What else does it keep alive (lesson 2)?
