# What each construct leaves in the collector's lists, and whether it is tracked itself.
import gc, sys, types
SRC = r'''
class C: pass
class C: x = 1
class C:\n def f(self): pass
class C: __slots__ = ()
class C: __slots__ = ('a',)
class C: __slots__ = ('a','b')
class C: __slots__ = ('__dict__',)
class C: __slots__ = ('__weakref__',)
class C(list): pass
class C(tuple): pass
class C(int): pass
class C(Exception): pass
class C(dict): pass
class C(type): pass
class A: pass\nclass B(A): pass
class A: pass\nclass B(A): pass\nclass D(A): pass
class A: pass\nclass B(A): pass\nA.__subclasses__()
class C:\n @property\n def p(self): return 1
class C:\n @staticmethod\n def p(): return 1
class C:\n @classmethod\n def p(cls): return 1
class C:\n def __eq__(self, o): return True
class C:\n def __del__(self): pass
class C:\n def __init__(self): self.a = 1\nx = C()
class C:\n def __init__(self): self.a = 1\nx = C(); x.__dict__
class C:\n __slots__='a',\nx = C()
class C:\n __slots__='a',\nx = C(); x.a = 1
class C:\n def f(self): pass\nx = C().f
class C:\n def f(self): return super().__init__()
x = property(lambda s: 1)
x = property()
x = staticmethod(len)
x = staticmethod(lambda: 1)
x = classmethod(len)
x = memoryview(b'abc')
x = memoryview(bytearray(b'abc'))
x = memoryview(b'abc')[1:]
x = memoryview(b'abc').cast('B')
x = lambda: 1
def f(): pass
def f(a=1): pass
def f(a=[]): pass
def f(*, k=1): pass
def f(a: int): pass
def f():\n x = 1\n def g(): return x\n return g\ny = f()
def f():\n yield 1\nx = f()
def f():\n yield 1\nx = f(); next(x)
def f():\n yield 1\nx = f(); list(x)
async def f(): pass\nx = f(); x.close()
x = (i for i in [1])
x = []
x = [1, 2]
x = {}
x = {1: 2}
x = {1: []}
x = {'a': 'b'}
x = dict(a=1)
x = dict(a=[])
x = set()
x = {1}
x = frozenset([1])
x = ()
x = (1, 2)
x = (1, [])
x = (1, (2, 3))
x = tuple([1, 2])
x = tuple([])
x = tuple([[]])
x = 1.5
x = 'abc' + str(5)
x = b'abc' * 2
x = bytearray(b'a')
x = 10**40
x = complex(1, 2)
x = iter([1])
x = iter((1,))
x = iter({})
x = iter({}.keys())
x = iter(set())
x = iter('abc')
x = iter(b'abc')
x = iter(bytearray(b'abc'))
x = iter(range(3))
x = range(3)
x = reversed([1])
x = reversed((1,))
x = reversed({})
x = enumerate([])
x = zip([], [])
x = map(len, [])
x = filter(None, [])
x = {}.keys()
x = {}.values()
x = {}.items()
x = slice(1, 2)
x = slice([], 2)
x = [].append
x = {}.get
x = len
x = list.append
x = object()
x = type('C', (), {})
x = ValueError()
x = ValueError(1)
x = ValueError([])
import weakref\nclass C: pass\nx = C(); w = weakref.ref(x)
import weakref\nclass C: pass\nx = C(); w = weakref.proxy(x)
import weakref\nclass C: pass\nx = C(); w = weakref.ref(x, lambda r: 1)
import weakref\nw = weakref.WeakValueDictionary()
import weakref\nw = weakref.WeakKeyDictionary()
import weakref\nw = weakref.WeakSet()
import weakref\nclass C: pass\nx = C(); w = weakref.finalize(x, len, ())
import weakref\nclass C:\n def f(self): pass\nx = C(); w = weakref.WeakMethod(x.f)
import types\nx = types.SimpleNamespace(a=1)
import types\nx = types.ModuleType('m')
import types\nx = types.MappingProxyType({})
import types\nx = types.MethodType(len, [])
import types\nx = types.CellType(1)
import types\nx = types.CellType()
x = list[int]
x = int | str
x = dict[str, list[int]]
import collections\nx = collections.deque()
import collections\nx = collections.deque([1])
import collections\nx = collections.defaultdict(list)
import collections\nx = collections.Counter('abc')
import collections\nx = collections.OrderedDict()
import collections\nx = collections.ChainMap()
import functools\nx = functools.partial(len)
import functools\nx = functools.partial(len, [])
import functools\nx = functools.lru_cache(len)
import functools\n@functools.lru_cache\ndef f(x): return x\nf(1)
import functools\n@functools.wraps(len)\ndef f(x): return x
import itertools\nx = itertools.count()
import itertools\nx = itertools.chain([], [])
import itertools\nx = itertools.repeat(1)
import itertools\nx = itertools.islice([], 1)
import itertools\nx = itertools.cycle([1])
import itertools\nx = itertools.groupby([1])
import io\nx = io.StringIO()
import io\nx = io.BytesIO()
import contextlib\n@contextlib.contextmanager\ndef f(): yield 1
import contextlib\n@contextlib.contextmanager\ndef f(): yield 1\nx = f()
def f():\n import sys\n return sys._getframe()\nx = f().f_locals
x = super(int, 5)
x = [[] for i in range(3)]
x = {i: [] for i in range(3)}
x = {i: i for i in range(3)}
x = [i for i in range(3)]
x = {i for i in range(3)}
a, *b = [1, 2, 3]
x = [*range(3)]
x = (*range(3),)
x = {**{1: 2}}
x = '{}'.format(1)
x = f'{1}{2}'
x = globals()
x = locals()
x = dir([])
x = vars()
def f(**k): return k\nx = f(a=1)
def f(*a): return a\nx = f(1, [])
def f(*a): return a\nx = f(1, 2)
def f(*a): return a\nx = f()
x = sorted([1])
x = list(range(3))
x = [1,2,3][1:]
x = (1,2,3)[1:]
x = [1] * 3
x = ([],) * 3
x = [1] + [2]
x = {1} | {2}
x = {} | {}
x = {1: 2}.copy()
x = [1].copy()
x = dict.fromkeys([1])
x = dict.fromkeys([1], [])
x = dict([(1, 2)])
x = dict([(1, [])])
x = list({1: 2}.items())
x = {1: [2]}.popitem()
x = divmod(5, 2)
x = 'a,b'.split(',')
x = 'a,b'.partition(',')
x = (5).__add__
x = (5).__class__
exec('x = 1')
exec('x = 1', {})
x = eval('1')
class C:\n def __get__(self, *a): return 1
class C: pass\nx = C(); x.a = 1; del x.a
class C: pass\nx = C(); x.__dict__ = {}
class C: pass\nx = C(); vars(x)['a'] = 1
class C(tuple): pass\nx = C(())
class C(tuple): pass\nx = C((1,))
class C(int): pass\nx = C(1)
class C(str): pass\nx = C('1')
class C(bytes): pass\nx = C(b'1')
class C(float): pass\nx = C(1)
class C(frozenset): pass\nx = C()
class C(tuple): __slots__ = ()\nx = C((1,))
class C(int): __slots__ = ()\nx = C(1)
class C(str): __slots__ = ()\nx = C('1')
class C(float): __slots__ = ()\nx = C(1)
class M(type): pass\nclass C(metaclass=M): pass
class C:\n def __class_getitem__(cls, i): return i\nx = C[1]
class C:\n def __init_subclass__(cls): pass\nclass D(C): pass
import typing\nx = typing.List
import typing\nT = typing.TypeVar('T')
import time\nx = time.localtime(0)
import sys\nx = sys.version_info
import sys\nx = sys.exc_info()
import array\nx = array.array('i', [1])
import struct\nx = struct.Struct('i')
def f(): pass\nx = f.__dict__
def f(): pass\nf.a = 1
def f(): pass\nx = f.__code__
def f(): pass\nx = f.__get__(1)
def f(a: int, b: str) -> int: pass\nx = f.__annotations__
def f(): pass\nx = f.__annotations__
x: int = 1
class C:\n a: int
class C:\n a: int = 1
lst = []; lst.append(lst)
import copy\nx = copy.copy([1])
import copy\nx = copy.deepcopy([[1]])
import operator\nx = operator.itemgetter(1)
import operator\nx = operator.attrgetter('a')
import operator\nx = operator.methodcaller('a')
x = NotImplemented
x = type(None)
x = iter(int, 0)
x = iter(lambda: 1, 2)
x = [].__iter__
x = [].__class__.__dict__
x = type.__dict__
x = ().__len__
def d(f): return f\n@d\ndef g(): pass
def d(*a):\n def w(f): return f\n return w\n@d(1)\ndef g(): pass
async def f():\n yield 1\nx = f()
async def f(): pass\nx = f().__await__; x.__self__.close()
def f():\n try: yield\n finally: pass\nx = f(); next(x); x.close()
def f():\n yield from [1, 2]\nx = f(); next(x)
def f(): global zz; zz = []\nf()
while True: break
for i in [1]: pass
for i in range(2): pass
with __import__('contextlib').nullcontext(): pass
try: pass\nfinally: pass
assert [1]
match [1]:\n case [x]: pass
match {'a': 1}:\n case {'a': x, **r}: pass
import math
import string
'''
import weakref, collections, functools, itertools, enum, dataclasses, abc, io, contextlib, typing, time, array, struct, random, copy, operator, math, string
def run(src):
    code = compile(src, '<c>', 'exec')
    exec(code, {'__name__': 'm', '__builtins__': __builtins__})      # what is made only once is made now
    gc.collect(0)
    ns = {'__name__': 'm', '__builtins__': __builtins__}
    gc.freeze()
    exec(code, ns)
    found = gc.get_objects()
    new = collections.Counter(type(o).__name__ for o in found if o is not found)
    return sorted(new.items()), {k: gc.is_tracked(v) for k, v in ns.items() if not k.startswith('__')}


gc.disable()
gc.collect()
for line in SRC.strip().split('\n'):
    src = line.replace('\\n', '\n')
    try: new, tr = run(src)
    except BaseException as e: print(line, '=>', type(e).__name__, e); continue
    print(line, '=>', new, tr)
gc.unfreeze()
