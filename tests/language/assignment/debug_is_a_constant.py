# Nothing is bound to __debug__, wherever a name may stand; the error says where.
PROGRAMS = """[x for __debug__ in range(5)]
{x: 1 for __debug__ in y}
(x for a in b for __debug__ in y)
[x for a, __debug__ in y]
def f():|    for __debug__ in x: pass
for __debug__ in x: pass
__debug__: int
(__debug__): int
x.__debug__: int
__debug__: int = 1
x.__debug__: int = 1
__debug__ = 1
__debug__ += 1
x.__debug__ += 1
(__debug__ := 1)
del __debug__
(a, *__debug__) = 1
with a as (b, __debug__): pass
import sys as __debug__
from sys import path as __debug__
import a.b as __debug__
def f(__debug__): pass
def f(*__debug__): pass
def f(**__debug__): pass
lambda __debug__: 1
f(__debug__=1)
class A(__debug__=1): pass
class __debug__: pass
def __debug__(): pass
try: pass|except E as __debug__: pass
match x:|    case A(__debug__=1): pass
match x:|    case A(1, a=2, __debug__=[1, 2]): pass
match x:|    case {1: __debug__}: pass
match x:|    case {**__debug__}: pass
match x:|    case [*__debug__]: pass
match x:|    case 1 as __debug__: pass"""

for program in PROGRAMS.split("\n"):
    try:
        compile(program.replace("|", "\n"), "<test>", "exec")
        print(program, "is fine")
    except SyntaxError as error:
        print(program, "-", error.msg, error.lineno, error.offset, error.end_offset)
