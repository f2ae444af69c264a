"""15. Weak references

A guest list tells who is at the party; nobody stays longer because his name is on it.

Run: glasspy --lesson 15
"""
import sys
import weakref


class Picture:
    def __init__(self, name):
        print("    loading", name)
        self.name = name

    def __del__(self):
        print("    freeing", self.name)


print("--- Knowing without holding ---")
sunset = Picture("sunset")
watch = weakref.ref(sunset)
print("  one reference, and the watch is not one:", sys.getrefcount(sunset) - 1)
print("  to use it, call it:", watch().name)
del sunset
print("  now it answers:", watch())

print("--- Being told ---")
harbour = Picture("harbour")
watch = weakref.ref(harbour, lambda dead: print("    (a message: it is gone)"))
del harbour
# weakref.finalize holds what the message needs, but not the picture itself.
forest = Picture("forest")
weakref.finalize(forest, print, "    (clean up behind the forest)")
del forest

print("--- A cache that forgets what nobody uses ---")
cache = weakref.WeakValueDictionary()


def load(name):
    picture = cache.get(name)
    if picture is None:
        picture = cache[name] = Picture(name)
    return picture


print("  first use")
mine = load("island")
print("  second use: nothing is loaded")
yours = load("island")
print("  the same object:", mine is yours, "- in the cache:", list(cache))
del mine
print("  one of two has let go:", list(cache))
del yours
print("  both have let go:     ", list(cache))
print("  third use")
mine = load("island")
del mine

print("--- Notes about things that are not ours ---")
notes = weakref.WeakKeyDictionary()
bridge = Picture("bridge")
notes[bridge] = "hangs crooked"
print("  notes:", {picture.name: note for picture, note in notes.items()})
del bridge
print("  notes:", dict(notes), "- a note about a dead picture is of no use")

print("--- A tree whose children know their parent, without a ring ---")


class Branch:
    def __init__(self, name, parent=None):
        self.name = name
        self.twigs = []             # downwards: strong, a branch holds its twigs
        self._parent = weakref.ref(parent) if parent else None      # upwards: weak
        if parent:
            parent.twigs.append(self)

    @property
    def parent(self):
        return self._parent() if self._parent else None

    def path(self):
        return (self.parent.path() if self.parent else "") + "/" + self.name


trunk = Branch("trunk")
twig = Branch("left", trunk)
leaf = Branch("leaf", twig)
print(" ", leaf.path())
watch = weakref.ref(trunk)
del trunk
print("  the trunk is gone at once, no collector needed:", watch() is None)
print("  a leaf alone does not hold it:", leaf.path())

print("--- Not everything can be watched ---")
for thing in 7, "text", (1, 2), {1, 2}, print:
    try:
        weakref.ref(thing)
        answer = "yes"
    except TypeError as error:
        answer = str(error)
    print(f"  {type(thing).__name__:26} {answer}")

# Why not all references weak? Somebody has to hold a thing, or it dies at once. Ask who owns it: the owner holds it
# strongly; whoever only wants to find it looks at it weakly. And keep what you get from watch() in a name while you use
# it: between two calls it may die.
#
# Try: replace WeakValueDictionary() by {}. When are the pictures freed?
# Try: weakref.ref(Picture("nobody's"))(). What does it answer, and why?
# Try: weakref.ref([]) here and in CPython. Then `class Pages(list): pass` in both.
