import sys


class Bad:
    def __del__(self):
        raise ValueError("in del")


seen = []
sys.unraisablehook = lambda u: seen.append((u.exc_type.__name__, str(u.exc_value)))
b = Bad()
del b
print(seen)
