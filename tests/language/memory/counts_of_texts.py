# What shows an object lends it to its own methods.
import sys

rc = sys.getrefcount


class Shown:
    def __str__(self):
        return f"str {rc(self)}"

    def __repr__(self):
        return f"repr {rc(self)}"

    def __format__(self, spec):
        return f"format {rc(self)}"


shown = Shown()
print(f"{shown}", f"{shown!s}", f"{shown!r}", f"{shown:>3}", f"{shown!s:>9}")
print(repr(shown), ascii(shown), format(shown))
print("{}".format(shown), "{0!r}".format(shown), "{a}".format(a=shown), "{0[0]}".format([shown]))
print("%s" % shown, "%r" % shown, "%(a)s" % {"a": shown})
print([shown], (shown,), {"a": shown}, [[shown]], [shown, (shown, shown)])
print(f"{[shown]}", "%s" % [shown])
