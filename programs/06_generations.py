"""6. Generations

Most objects die young, so the collector looks often at the young and seldom at the old.

Run: glasspy --lesson 6
"""
import gc
import weakref

gc.collect()
gc.disable()                        # we are the collector's clock here


class Pupil:
    def __init__(self, name):
        self.name = name
        self.self = self            # a ring of one: only the collector can free it


def class_of(thing):
    """In which of the three lists of the collector does the object stand?"""
    for number in range(3):
        if any(other is thing for other in gc.get_objects(generation=number)):
            return number
    return None


print("--- Going up ---")
pupil = Pupil("Mia")
print("  born into generation", class_of(pupil))
gc.collect(0)
print("  after gc.collect(0): ", class_of(pupil))
gc.collect(0)
print("  once more:           ", class_of(pupil), "(collect(0) does not look there)")
gc.collect(1)
print("  after gc.collect(1): ", class_of(pupil))
gc.collect(2)
print("  after gc.collect(2): ", class_of(pupil), "- there is no class above")

print("--- Dying is seen only where one looks ---")
old = Pupil("old")
gc.collect(0)
gc.collect(1)
grown = Pupil("grown")
gc.collect(0)
young = Pupil("young")
pupils = [weakref.ref(someone) for someone in (young, grown, old)]
print("  before:", [f"{someone.name} {class_of(someone)}" for someone in (young, grown, old)])
del young, grown, old
for generation in range(3):
    gc.collect(generation)
    left = [watch().name for watch in pupils if watch() is not None]
    print(f"  all names deleted, collect({generation}): still in memory {left}")

print("--- Not everyone goes to school ---")
# Only what can be part of a ring is in the lists. A number or a text can refer to nothing.
for thing in 7, "text", 2.5, [], (1, "a"), {}, {"a": 1}, {"a": []}, Pupil, pupil:
    shown = getattr(thing, "name", None) or getattr(thing, "__name__", None) or repr(thing)
    print(f"  {shown:10} followed by the collector: {gc.is_tracked(thing)}")

print("--- The automatic clock ---")
print("  thresholds:", gc.get_threshold())
runs = []


def tell(phase, info):
    if phase == "stop":
        runs.append(info["generation"])


gc.collect()
gc.callbacks.append(tell)
gc.set_threshold(100, 3, 1000)      # 100 more born than died: collect 0; after four of these: collect 1
gc.enable()
keep = [[] for _ in range(2000)]
gc.disable()
gc.callbacks.remove(tell)
gc.set_threshold(700, 10, 10)
print("  2000 lists were made and kept; the collector came often:", 15 <= len(runs) <= 25)
print("  mostly for the young:", runs.count(0) > 2 * runs.count(1) > 0, "- never for the oldest:", 2 not in runs)
keep = None
gc.enable()

# Why classes? To look through everything each time would cost more the more a program holds. Who has survived twice
# will probably live long: a parent, a table, a cache. So the collector leaves them alone for a while.
#
# Try: print(runs). Can you tell from it how often the middle generation is looked at?
# Try: make the lists without keeping them (`for _ in range(2000): []`). How many runs now, and why?
# Try: gc.freeze() before the second part. Which generation is Mia in?
