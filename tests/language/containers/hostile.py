def run(f):
    try:
        r = f(); print(type(r).__name__)
    except BaseException as e: print(type(e).__name__, e)
run(lambda: [0] * 10**15)
run(lambda: (0,) * 10**15)
run(lambda: [0] * (2**61))
run(lambda: list(range(10**15)))
run(lambda: tuple(range(10**15)))
run(lambda: sorted(range(10**15)))
l = []
for i in range(100000): l = [l]
run(lambda: repr(l))
m = []
for i in range(100000): m = [m]
run(lambda: l == m)
d = {}
for i in range(100000): d = {1: d}
run(lambda: repr(d))
t = ()
for i in range(100000): t = (t,)
run(lambda: hash(t))
class E:
    def __init__(self, f): self.f = f
    def __eq__(self, o): self.f(); return False
    def __hash__(self): return 1
    def __repr__(self): self.f(); return "E"
a = [E(lambda: a.clear()) for i in range(5)]
run(lambda: a.index(3)); 
a = [E(lambda: a.clear()) for i in range(5)]
run(lambda: a == [E(int) for i in range(5)])
a = [E(lambda: a.clear()) for i in range(5)]
run(lambda: repr(a)); print(a)
s = set(); s.add(E(int)); s.add(E(int))
k = E(lambda: s.clear())
run(lambda: k in s); print(len(s))
dd = {E(lambda: dd.clear()): 1, 5: 2}
run(lambda: dd == {E(int): 1, 5: 2})
dd = {E(lambda: dd.update(zip(range(100), range(100)))): 1}
run(lambda: 1 in dd); print(len(dd))
class L(list):
    def __iter__(self): return iter([7, 8])
x = [1]; x[:] = L([1]); print(x, list(L([1])), [0] + L([1]))
x.extend(L([1])); print(x)
a = list(range(10))
class K:
    def __call__(self, v): a.append(v); return v
try: a.sort(key=K())
except ValueError as e: print(e, a)
class I:
    def __index__(self): a.clear(); return 3
a = list(range(10)); a[I():5] = [1]; print(a)
a = list(range(10)); run(lambda: a[I()])
a = list(range(10)); run(lambda: a.pop(I()))
a = list(range(10)); run(lambda: a.insert(I(), 9)); print(a)
a = list(range(10)); run(lambda: a.__delitem__(slice(I(), None, 2))); print(a)
q = iter([1,2,3]); z = zip(q, q); print(list(z))
