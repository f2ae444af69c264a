# Enumerations: members, flags, texts, checks, and what is refused.
import warnings
from enum import Enum, IntEnum, Flag, IntFlag, auto, unique, StrEnum, EnumMeta, EnumType, member, nonmember, property as eprop, verify, UNIQUE, CONTINUOUS, NAMED_FLAGS, STRICT, CONFORM, EJECT, KEEP, global_enum, FlagBoundary
class State(Enum):
    FREE = 1
    USED = 2
    DEAD = auto()
    def describe(self): return f"{self.name.lower()}:{self.value}"
print(list(State), State.FREE.describe(), State(2), State['DEAD'], State.FREE is State(1))
print(repr(State), State.__members__, len(State), State.FREE in State)
try: State(9)
except ValueError as e: print(e)
try: State.FREE = 3
except AttributeError as e: print(e)
try: State.NOPE
except AttributeError as e: print(e)
try: State['x']
except KeyError as e: print(repr(e))
class Perm(Flag):
    R=auto(); W=auto(); X=auto()
    RW=R|W
p=Perm.R|Perm.X
print(p, repr(p), p.value, Perm.R in p, Perm.W in p, ~p, Perm(0), bool(Perm(0)), list(p), len(p), Perm.RW, Perm(7), Perm.R^Perm.RW)
try: Perm(8)
except ValueError as e: print(e)
class Mode(IntFlag):
    A=1;B=2;C=4
print(Mode.A|Mode.C, repr(Mode.A|8), Mode.A+1, Mode(16), ~Mode.A, repr(~Mode.A), str(Mode.A), f"{Mode.A}", Mode.A==1, list(Mode(5)))
class Color(StrEnum):
    RED=auto(); GREEN='g'
print(Color.RED, repr(Color.GREEN), Color('g'), Color.RED.upper(), f"{Color.RED:>5}", Color.RED=='red')
class Prio(IntEnum):
    LOW=1; HIGH=10
print(Prio.LOW<Prio.HIGH, Prio.HIGH*2, sorted(Prio,reverse=True), repr(Prio.LOW), str(Prio.LOW), '%d %s'%(Prio.LOW,Prio.LOW), f"{Prio.LOW:03}", {Prio.LOW:1}[1])
class Planet(Enum):
    EARTH=(5.97e24,6.37e6)
    MARS=(6.4e23,3.39e6)
    def __init__(self,mass,radius): self.mass=mass; self.radius=radius
    @property
    def density(self): return round(self.mass/self.radius**3,3)
print(Planet.EARTH.mass, Planet.MARS.density, Planet.EARTH, Planet((6.4e23,3.39e6)))
@unique
class U(Enum):
    A=1; B=2
try:
    @unique
    class D(Enum):
        A=1; B=1
except ValueError as e: print(e)
class Al(Enum):
    A=1; B=1
print(Al.B, list(Al), Al.__members__)
F=Enum('F','x y z'); print(list(F), F.x.value, F.__module__)
G=Enum('G',{'a':5,'b':6}); print(list(G)); H=Enum('H',['p','q'],start=5); print(list(H)); I=IntEnum('I','one two'); print(list(I))
class M(Enum):
    A=1
    f = member(len)
    B=nonmember(3)
print(list(M), M.B)
try:
    class Sub(State): X=1
except TypeError as e: print(e)
class Base(Enum):
    def hello(self): return 'hello '+self.name
    @classmethod
    def first(cls): return next(iter(cls))
    @staticmethod
    def st(): return 1
class Derived(Base): A=1; B=2
print(Derived.A.hello(), Derived.first(), Derived.st())
class Miss(Enum):
    A='a'
    @classmethod
    def _missing_(cls,v): return cls.A if isinstance(v,str) else None
print(Miss('zzz'))
try: Miss(3)
except ValueError as e: print(e)
class Auto(Enum):
    def _generate_next_value_(name,start,count,last): return name*2
    A=auto(); B=auto()
print([x.value for x in Auto])
class Str(str,Enum):
    A='a'; B='b'
print(Str.A, repr(Str.A), Str.A=='a', f"{Str.A}", Str.A.upper(), isinstance(Str.A,str), "%s"%Str.A, Str('b'))
class Tup(tuple,Enum):
    A=(1,2)
print(Tup.A, Tup.A[0])
print(State.FREE==1, State.FREE!=State.USED, hash(State.FREE)==hash('FREE'), {State.FREE:1}, State.FREE.__class__, type(State), isinstance(State.FREE,State))
import copy,pprint
print(copy.deepcopy(State.FREE) is State.FREE, dir(State.FREE)[-3:], State.__doc__, State.FREE.__doc__, Planet.__doc__)
try:
    @verify(UNIQUE)
    class V(Enum): A=1;B=1
except ValueError as e: print(e)
try:
    @verify(CONTINUOUS)
    class V2(Enum): A=1;B=3
except ValueError as e: print(e)
class St(Flag,boundary=CONFORM): A=1;B=2
print(St(9), St(5))
class Kp(Flag,boundary=KEEP): A=1;B=2
print(Kp(9), repr(Kp(9)))
class Ej(Flag,boundary=EJECT): A=1;B=2
print(repr(Ej(9)))
try: State.FREE<State.USED
except TypeError as e: print(e)
try: State()
except TypeError as e: print(e)
print(State.FREE.name, State.FREE._value_, State.FREE._name_, State._member_names_, State._member_map_.keys(), State._value2member_map_)
warnings.simplefilter('ignore')
try: 1 in State
except TypeError as e: print(e)
print(list(reversed(State)), bool(State), [m for m in dir(State) if m[0]!='_'])
match State.USED:
    case State.FREE: print('free')
    case State.USED: print('used')
