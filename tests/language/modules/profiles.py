"""Reports of profiles: counts are the same every time, times are left out."""
import cProfile,pstats,io
def f(n): return n if n<2 else f(n-1)+f(n-2)
def g():
    x=sorted([3,1,2]); [].append(1); return f(5)+len(x)
def h():
    return [abs(i) for i in range(3)], max(1,2)
class K:
    def m(self): return sum([1,2])
    @property
    def p(self): return self.m()
def gen():
    yield 1
    yield 2
p=cProfile.Profile()
p.enable(); g(); h(); K().p; list(gen()); p.disable()
def print_without_times(text):
    for line in text.splitlines():
        words = line.split(" ")
        print(*("T.TTT" if word[-4:-3] == "." and word[:1].isdigit() else word for word in words))
def show(fn):
    o=io.StringIO(); fn(o)
    print_without_times(o.getvalue())
s=pstats.Stats(p); 
def run(o):
    s.stream=o
    s.strip_dirs().sort_stats('stdname').print_stats()
    s.print_callers(); s.print_callees(); s.print_stats('f'); s.sort_stats('ncalls','name').print_stats(3); s.print_stats(.5); s.reverse_order(); s.print_stats(2, 'profiles'); s.print_stats('nothing')
    s.sort_stats(pstats.SortKey.NAME).print_stats(2); s.sort_stats(0)
show(run)
print(s.total_calls, s.prim_calls)
for bad in (lambda: pstats.Stats(5), lambda: s.sort_stats('zzz'), lambda: s.sort_stats('calls', 1)):
    try: bad()
    except (TypeError,KeyError,AssertionError) as e: print(type(e).__name__, e)
with cProfile.Profile() as pr: g()
print(sorted((k[2],v[0],v[1]) for k,v in pstats.Stats(pr).stats.items()))
t=pstats.Stats(pr); t.add(pstats.Stats(pr)); print(sorted((k[2],v[0],v[1]) for k,v in t.stats.items()))
pr2=cProfile.Profile(); print(pr2.runcall(f,6)); print(sorted((k[2],v[0],v[1], {c[2]:x[:2] for c,x in v[4].items()}) for k,v in pstats.Stats(pr2).stats.items()))
pp=t.get_stats_profile(); print(sorted(pp.func_profiles), pp.func_profiles['f'].ncalls, pp.func_profiles['f'].line_number)
import contextlib
o=io.StringIO()
with contextlib.redirect_stdout(o): cProfile.run('g()', sort='name')
print_without_times(o.getvalue())
print(list(pstats.SortKey), pstats.SortKey('tottime'))
try: cProfile.Profile().runcall(lambda: 1/0)
except ZeroDivisionError: print('z')
