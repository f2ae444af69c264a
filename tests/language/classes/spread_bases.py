# The bases of a class may come from any iterable.
class A: pass
class B: pass
class C(*[A, B]): pass
class D(*(base for base in (B,)), A): pass
class E(*[], **{"metaclass": type}): pass
print([base.__name__ for base in C.__bases__], [base.__name__ for base in D.__bases__], E.__bases__)
