"""What inspect tells of functions, classes, sources and frames."""
import inspect, functools, sys, types
def f(a, b:int, /, c=1, *args:str, d, e:float=2.0, **kw)->list:
    """Doc
        more
    end"""
    return a
class Base:
    def m(self, x=3):
        "base doc"
    @property
    def p(self): return 1
    @staticmethod
    def s(a): pass
    @classmethod
    def c(cls, a): pass
class K(Base):
    """Class K
       indented"""
    attr=(
      1,
      2)
    def __init__(self, q, *, r=None):
        self.q=q

    def m(self, x=3): return 5  # trailing
    # comment inside

    async def co(self): pass
x = 1
def one(): return 1
lam = lambda x, *y: x
def deco(g):
    @functools.wraps(g)
    def w(*a, **k):
        return g(*a, **k)
    return w
@deco
def decorated(p, q=2):
    '''multi
line
'''
    if p:
        return {
 'a': 1,
}
    return q
# after
print(inspect.signature(f), inspect.signature(K), inspect.signature(K.m), inspect.signature(K(1).m), inspect.signature(lam), inspect.signature(decorated), inspect.signature(Base), inspect.signature(Base.s), inspect.signature(Base.c))
print(repr(inspect.signature(f)), inspect.signature(f).parameters['e'], repr(inspect.signature(f).parameters['args']), inspect.signature(f).parameters['b'].kind, inspect.signature(f).return_annotation)
for p in inspect.signature(f).parameters.values(): print(p.name, p.kind, p.kind.description, p.default is p.empty, p.annotation)
b=inspect.signature(f).bind(1,2,3,4,d=5,z=6); print(b, b.args, b.kwargs, b.arguments); b.apply_defaults(); print(b)
for a,k in [((),{}),((1,),{}),((1,2),{}),((1,2,3),{'c':1}),((1,2),{'d':1,'b':2})]:
    try: print(inspect.signature(f).bind(*a,**k))
    except TypeError as e: print(e)
try: inspect.signature(one).bind(1)
except TypeError as e: print(e)
try: inspect.signature(one).bind(z=1)
except TypeError as e: print(e)
print(inspect.signature(len), inspect.signature(print), inspect.signature(sorted), inspect.signature(str.join), inspect.signature([].append))
for bad in (5, int, max, dict, type, range):
    try: print(inspect.signature(bad))
    except (TypeError,ValueError) as e: print(type(e).__name__, e)
print(inspect.signature(functools.partial(f, 1, 2)), inspect.signature(functools.partial(f, 1, 2, c=5)), inspect.signature(functools.partial(decorated, q=4)))
print(inspect.getfullargspec(f)); print(inspect.getfullargspec(K.m)); print(inspect.getcallargs(decorated.__wrapped__, 1))
for o in (f, K, K.m, one, lam, decorated, Base.p.fget, K.co): print(inspect.getsource(o), end='---\n')
print(inspect.getsourcelines(one), inspect.getsourcelines(K)[1])
print(inspect.getdoc(f), inspect.getdoc(K), inspect.getdoc(K.m), inspect.getdoc(K(1).m), inspect.cleandoc("  a\n    b\n   c\n"), inspect.getdoc(K.p), sep='|')
print([n for n,v in inspect.getmembers(K, inspect.isfunction)], [n for n,v in inspect.getmembers(K(1), inspect.ismethod)], [n for n,_ in inspect.getmembers(K(2)) if not n.startswith('__')])
for o in (f, K, K.m, K(1).m, len, [].append, str.join, int.__add__, (1).__add__, K.p, Base.__dict__['s'], type, types.FunctionType.__code__, types.FunctionType.__globals__, lam, K(1), sys):
    print([p.__name__ for p in (inspect.ismodule,inspect.isclass,inspect.ismethod,inspect.isfunction,inspect.isbuiltin,inspect.isroutine,inspect.ismethoddescriptor,inspect.isdatadescriptor,inspect.isgetsetdescriptor,inspect.ismemberdescriptor,inspect.ismethodwrapper,inspect.isabstract) if p(o)])
def g():
    x=yield 1
gg=g(); print(inspect.getgeneratorstate(gg), inspect.isgenerator(gg), inspect.isgeneratorfunction(g)); next(gg); print(inspect.getgeneratorstate(gg), inspect.getgeneratorlocals(gg)); gg.close(); print(inspect.getgeneratorstate(gg), inspect.getgeneratorlocals(gg))
async def co(): pass
c=co(); print(inspect.iscoroutine(c), inspect.iscoroutinefunction(co), inspect.isawaitable(c), inspect.getcoroutinestate(c)); c.close(); print(inspect.getcoroutinestate(c))
def outer():
    y=10
    def inner():
        fr=inspect.currentframe()
        print(fr.f_code.co_name, fr.f_back.f_code.co_name, [fi.function for fi in inspect.stack()], inspect.stack()[1].lineno, inspect.stack()[0].code_context, inspect.stack()[0].index)
        print(inspect.getframeinfo(fr)[1:], sorted(inspect.getargvalues(fr.f_back).locals), y, len(UNK) if 0 else x)
        return inner
    return inner()
cv=inspect.getclosurevars(outer()); print(sorted(cv.nonlocals), sorted(cv.globals), sorted(cv.builtins), sorted(cv.unbound))
def av(a,b=2,*c,**d):
    fr=inspect.currentframe(); i=inspect.getargvalues(fr); print(i.args,i.varargs,i.keywords, inspect.formatargvalues(*inspect.getargvalues(fr)[:3], {'a':1,'b':2,'c':(),'d':{}}))
av(1,2,3,e=4)
try:
    def boom(): 1/0
    boom()
except ZeroDivisionError:
    print([ (t.function,t.lineno,t.code_context) for t in inspect.trace()])
print(inspect.getmro(K), inspect.getclasstree([Base,K]), inspect.unwrap(decorated) is decorated.__wrapped__)
print(type(inspect.getattr_static(K(1),'p')).__name__, inspect.getattr_static(K,'m') is K.m, inspect.getattr_static(K(3),'q'), inspect.getattr_static(K,'nope','dflt'))
print(inspect.get_annotations(f), inspect.getmodule(f).__name__, inspect.getmodulename('/a/b.py'), inspect.getfile(f)==__file__)
print([a[:3] for a in inspect.classify_class_attrs(K) if not a.name.startswith('__')])
print(inspect.Parameter('x', inspect.Parameter.KEYWORD_ONLY, default=3), inspect.Signature([inspect.Parameter('a',inspect.Parameter.POSITIONAL_ONLY)]), inspect.signature(f)==inspect.signature(f), hash(inspect.signature(one))==hash(inspect.signature(one)))
try: inspect.Parameter('1x', inspect.Parameter.KEYWORD_ONLY)
except ValueError as e: print(e)
try: inspect.getsource(len)
except TypeError as e: print(e)
try: inspect.getfile(5)
except TypeError as e: print(e)
import abc
class A(abc.ABC):
    @abc.abstractmethod
    def z(self): ...
print(inspect.isabstract(A), inspect.isabstract(K), inspect.signature(A.z))
def typed(a: 'int', b: list[int] = None, c: 'K' = 3) -> 'K': ...
print(inspect.signature(typed), inspect.signature(typed, eval_str=True))
class Callable:
    def __call__(self, a, *, b): pass
print(inspect.signature(Callable()))
class Meta(type):
    def __call__(cls, *a, zz=1): return super().__call__(*a)
class WM(metaclass=Meta): pass
print(inspect.signature(WM))
import dataclasses
@dataclasses.dataclass
class DC:
    a:int; b:str='x'
print(inspect.signature(DC), DC.__doc__)
import enum
class E(enum.Enum): A=1
