"""Lesson 3: a cache that forgets what nobody uses.

Try: replace WeakValueDictionary() by {}. When are the pictures freed?
"""
import weakref


class Picture:
    def __init__(self, name):
        print("  loading", name)
        self.name = name

    def __del__(self):
        print("  freeing", self.name)


cache = weakref.WeakValueDictionary()


def load(name):
    picture = cache.get(name)
    if picture is None:
        picture = cache[name] = Picture(name)
    return picture


print("first use")
sunset = load("sunset")
print("second use: nothing is loaded")
again = load("sunset")
print("the same object:", sunset is again, "- in the cache:", list(cache))
print("both names deleted")
del sunset, again
print("in the cache:", list(cache))
print("third use")
sunset = load("sunset")
