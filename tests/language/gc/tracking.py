"""What is tracked, and what the collector stops to track."""
import gc


class A:
    pass


class Slim:
    __slots__ = ()


class Slots:
    __slots__ = "x"


for value in (1, 1.5, "text", b"bytes", None, True, (), [], {}, set(), frozenset(), object(), A, A(), int,
              Slim(), Slots(), len, (lambda: 0), range(3), slice(1), iter([]), Ellipsis):
    print(type(value).__name__, gc.is_tracked(value))
number = 5
pair = (number, "x")
nested = (pair, number)
mixed = ([], number)
print(gc.is_tracked(pair), gc.is_tracked(nested), gc.is_tracked(mixed))
gc.collect()
print(gc.is_tracked(pair), gc.is_tracked(nested), gc.is_tracked(mixed))
table = {"a": 1}
print(gc.is_tracked(table), gc.is_tracked({"a": []}))
table["b"] = []
print(gc.is_tracked(table))
del table["b"]
print(gc.is_tracked(table))
gc.collect()
print(gc.is_tracked(table))
a = A()
print(gc.is_tracked(a.__dict__), gc.is_finalized(a), gc.is_finalized(1))
print([type(o).__name__ for o in gc.get_referents([1, a], (2,), 3)], gc.get_referents(1), gc.get_referents())
print(gc.get_referents(int), len(gc.get_referents(A)) > 3)
holder = [a]
print([r is holder for r in gc.get_referrers(a) if isinstance(r, list)], gc.get_referrers())
print(any(o is holder for o in gc.get_objects()), any(o is holder for o in gc.get_objects(0)))
