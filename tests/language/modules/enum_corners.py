"""Enumerations at the edges: what is refused, what `dir` shows, what is made of names, values and classes inside."""
import enum, copy
from enum import *
class Color(Enum):
    RED = 1; GREEN = 2; CRIMSON = 1
    def hello(self): return self.name
class W(IntFlag): A=1; B=2; C=4
class M(str, Enum): X="x"; Y="y"
class Nested(Enum):
    A = 1
    Inner = 2
    B = lambda self: 5
def show(code):
    try:
        try: print(code, "->", eval(code))
        except SyntaxError: exec(code); print(code, "ok")
    except Exception as e: print(code, "->", type(e).__name__, e)
CASES = [
    'dir(Color)',
    'dir(Color.RED)',
    'dir(M)',
    "[n for n in dir(M.X) if n[0] != '_']",
    'dir(W.A)[-8:]',
    'list(W(7))',
    'W(9)',
    'W(8)',
    'str(W(24)|W.A)',
    'repr(W(0))',
    'Color.RED.GREEN',
    'Color.hello(Color.RED)',
    "type('E',(Enum,),{})",
    "Color('x')",
    "Enum('E', [('a',1),('b',2)])(2)",
    "M('x')",
    "M.X + 'z'",
    "f'{M.X}'",
    'str(M.X)',
    "M.X == 'x'",
    'list(Nested)',
    'Nested.Inner',
    'Color._member_map_',
    'Color._value2member_map_',
    'Color.RED._sort_order_',
    'Color.RED.__objclass__',
    'Enum.__doc__ is not None',
    'class A(Enum):\n mro=1',
    'class A(Enum):\n _x_=1',
    'class A(Enum):\n a=1\n a=2',
    'class A(Enum):\n a=1\n def a(self): pass',
    "class A(Enum):\n _order_='b a'\n a=1\n b=2",
    'class A(Color): pass',
    'class A(Enum, int): a=1',
    'class A(int, str, Enum): a=1',
    "class A(int, Enum): a='x'",
    "class A(Flag): a='x'; b=auto()",
    'class A(StrEnum): a=1',
    "class A(IntEnum): a='z'",
    'enum.auto()',
    'copy.copy(Color.RED) is Color.RED',
    'Color.RED.__reduce_ex__(2)',
    "Color['RED'].name",
    'Color.RED.name.lower()',
    "hash(Color.RED)==hash('RED')",
    'vars(Color.RED)',
    'Color.RED < 1',
    'W.A < 3',
    "W.A | 'x'",
    'W.A in W(3)',
    '5 in W.A',
    '~W.A',
    "W['A']",
    '-W.A',
    'W.A + 1',
    'max(W)',
    'sorted(M)',
    'isinstance(M.X, str)',
    'M.X.upper()',
    'Color.RED is Color(1)',
    'Color(Color.RED)',
    'bool(W(0))',
    'int(W.C)',
    "Flag('F', 'a b c')['a'] | Flag('F', 'a b c').b",
    'Color.__class__',
    'Color.__len__()',
    'list(reversed(Color))',
    'enum.unique(W)',
    'verify(UNIQUE)(Color)',
    "verify(CONTINUOUS)(Enum('E', {'a':1,'b':3}))",
    'EnumCheck.UNIQUE',
    'Color.RED.value.x',
    'Color.RED()',
    'Color.RED[0]',
    'iter(Color.RED)',
    'len(Color.RED)',
    'Color.RED.zz',
    "setattr(Color, 'NEW', 5)",
    'Color.NEW',
    'Color.RED.x',
    "setattr(Color.RED, 'x', 1)",
    'Color.RED.x',
    "delattr(Color, 'RED')",
    'M.__members__',
    "IntEnum('I', 'a b').a + 1",
    'Color.RED.name.x',
]
for case in CASES:
    show(case)
class Ini(Enum):
    def __init_subclass__(cls, **k): super().__init_subclass__(**k); print("members", list(cls))
class Sub(Ini): A = 1; B = 2
class Multi(Enum):
    A = auto(), auto()
    B = auto()
print(list(Multi))
@enum.global_enum
class G(Flag): P = 1; Q = 2
print(str(P), G(0), repr(G(0)))
class DumbFloat(float, ReprEnum): A = 1.5
print(DumbFloat.A, repr(DumbFloat.A), f"{DumbFloat.A:.3f}")
class Val(Enum):
    A = 5, "five"
    B = 6, "six"
    def __new__(cls, n, text):
        o = object.__new__(cls); o._value_ = n; o.text = text; return o
print(Val(5).text, Val.B, list(Val))
