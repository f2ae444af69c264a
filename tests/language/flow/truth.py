class Empty:
    def __len__(self):
        return 0


print([bool(v) for v in (0, 0.0, "", [], {}, (), None, Empty(), 1, "0", [0])])
print(1 and 0, 0 or [], not 1, not [], None or 5, 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 is not None)
print(1 if [] else 2, [] or {} or "last", "a" in "abc", 1 not in [1], [] is [], None is None)


class Wrong:
    def __bool__(self):
        return 5


try:
    if Wrong():
        pass
except TypeError as error:
    print(error)
