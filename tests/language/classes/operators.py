class V:
    def __init__(self, v): self.v = v
    def __repr__(self): return f"V({self.v})"
    def __add__(self, o): return V(self.v + o.v) if isinstance(o, V) else NotImplemented
    def __radd__(self, o): return V(o + self.v)
    def __iadd__(self, o): self.v += 100; return self
    def __neg__(self): return V(-self.v)
    def __getitem__(self, k): return k
    def __contains__(self, k): return k == self.v
    def __len__(self): return 3
    def __call__(self, *a): return a
    def __eq__(self, o): return isinstance(o, V) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __matmul__(self, o): return "matmul"
    def __bool__(self): return self.v != 0
    def __index__(self): return self.v


a = V(1)
print(a + V(2), 5 + a, -a, a[1], a[1:2], a[1, ...], 1 in a, 2 in a, len(a), a(1, 2), a == V(1), a != V(1))
print(a < V(2), a > V(0), a @ 1, bool(V(0)), [10, 20, 30][a], hex(a), V.__hash__)
a += 1
print(a)
for action in (lambda: a + "x", lambda: a - 1, lambda: a >= 1, lambda: hash(a), lambda: ~a):
    try:
        print(action())
    except TypeError as error:
        print(error)
