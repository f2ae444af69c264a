"""The views of an OrderedDict say whose they are."""

from collections import OrderedDict

ordered = OrderedDict(a=1, b=2)
ordered.move_to_end("a")
print(ordered.keys(), ordered.values(), ordered.items())
print(type(ordered.keys()), type(ordered.items()).__name__, len(ordered.values()))
print(list(reversed(ordered.keys())), list(reversed(ordered.items())), "a" in ordered.keys(), 2 in ordered.values())
print(("a", 1) in ordered.items(), ordered.keys() & {"a"}, ordered.keys() == {"a", "b"}, ordered.keys() | {"c"} == {"a", "b", "c"})
view = ordered.items()
ordered["c"] = 3
print(view, dict(ordered.items()), [*ordered.keys()], OrderedDict(view) == ordered)
ordered["self"] = ordered.values()
print(ordered.values())
