# Forms of annotations: how they are made, shown, compared, subscripted again and taken apart.
import copy
import typing
from typing import *


def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
T=TypeVar('T'); K=TypeVar('K'); 
t(lambda: Union[T,int][str])
t(lambda: Optional[T][int])
t(lambda: List[T][int])
t(lambda: Dict[K,List[T]][str,int])
t(lambda: Union[int,str,int])
t(lambda: Union[int])
t(lambda: int|str==Union[int,str])
t(lambda: Union[int,str]==(int|str))
t(lambda: (list[T]|int)[str])
t(lambda: list[T][int])
t(lambda: dict[K,T][int,str])
t(lambda: (T|int))
t(lambda: Callable[[int,str],bool])
t(lambda: Callable[...,T][int])
t(lambda: Callable[[T],K][int,str])
t(lambda: Tuple[int,...])
t(lambda: Tuple[()])
t(lambda: Literal['a',1,None])
t(lambda: Annotated[int,'x'])
t(lambda: ClassVar[int])
t(lambda: Final[int])
t(lambda: Type[T][int])
t(lambda: Union[list[int],None])
t(lambda: Optional[Union[int,str]])
t(lambda: List['Foo'])
t(lambda: Any)
t(lambda: List[Any])
t(lambda: NoReturn)
t(lambda: Union[int,'Foo'])
t(lambda: int|None)
t(lambda: get_origin(List[int]))
t(lambda: get_origin(Union[int,str]))
t(lambda: get_args(Dict[str,int]))
t(lambda: get_args(Callable[[int],str]))
t(lambda: get_origin(int|str))
t(lambda: get_origin(Callable[[int],str]))
t(lambda: get_origin(Literal[1]))
t(lambda: get_args(Optional[int]))
t(lambda: get_origin(int))
class Box(Generic[T]):
    def __init__(self,v:T): self.v=v
    def get(self)->T: return self.v
t(lambda: Box[int])
t(lambda: Box[int](3).v)
t(lambda: Box[int](3).__orig_class__)
t(lambda: Box.__parameters__)
t(lambda: Box.__orig_bases__)
t(lambda: Box[int,str])
t(lambda: isinstance(Box(1),Box[int]))
t(lambda: Box.__mro__)
class Sub(Box[int]): pass
t(lambda: Sub.__orig_bases__)
t(lambda: Sub.__mro__)
t(lambda: Sub.__parameters__)
t(lambda: Sub[int])
class Pair(Generic[K,T]): pass
t(lambda: Pair[int,str])
t(lambda: Pair[int])
t(lambda: Pair[int,T])
t(lambda: Pair[int,T][str])
t(lambda: Pair[K,T].__parameters__)
@runtime_checkable
class Closer(Protocol):
    def close(self)->None: ...
t(lambda: isinstance(open('/dev/null'),Closer))
t(lambda: isinstance(3,Closer))
t(lambda: Closer())
t(lambda: issubclass(int,Closer))
t(lambda: Closer)
class NoRun(Protocol):
    x:int
t(lambda: isinstance(3,NoRun))
class HasX(Protocol):
    x:int
    def f(self): ...
class Impl(HasX):
    x=3
    def f(self): return 1
t(lambda: Impl().f())
t(lambda: Impl.__mro__)
class P(NamedTuple):
    'doc'
    x:int
    y:int=0
    def norm(self): return self.x+self.y
t(lambda: P(1))
t(lambda: P(1,2).norm())
t(lambda: P._fields)
t(lambda: P._field_defaults)
t(lambda: P.__annotations__)
t(lambda: P.__doc__)
t(lambda: P())
t(lambda: P(1)._replace(y=9))
t(lambda: P(1)==(1,0))
t(lambda: P.__mro__)
t(lambda: NamedTuple('Q',[('a',int),('b',str)])(1,'x'))
class TD(TypedDict,total=False):
    a:int
    b:Required[str]
t(lambda: TD(a=1))
t(lambda: TD.__annotations__)
t(lambda: TD.__total__)
t(lambda: TD.__required_keys__)
t(lambda: TD.__optional_keys__)
t(lambda: isinstance({},TD))
t(lambda: TD.__mro__)
class TD2(TD): c:int
t(lambda: TD2.__annotations__)
t(lambda: sorted(TD2.__required_keys__))
UserId=NewType('UserId',int)
t(lambda: UserId(5))
t(lambda: UserId)
t(lambda: UserId.__supertype__)
t(lambda: UserId|str)
def g(a:int,b:'str'=None,*c:T,**d:List[int])->Optional[int]: pass
t(lambda: get_type_hints(g))
t(lambda: get_type_hints(Box.__init__))
class Ann:
    x:Annotated[int,'meta']
    y:'ClassVar[int]'=3
t(lambda: get_type_hints(Ann))
t(lambda: get_type_hints(Ann,include_extras=True))
@overload
def ov(a:int)->int: ...
@overload
def ov(a:str)->str: ...
def ov(a): return a
t(lambda: len(get_overloads(ov)))
t(lambda: ov(3))
t(lambda: cast(int,'x'))
t(lambda: TYPE_CHECKING)
t(lambda: ForwardRef('int'))
t(lambda: ParamSpec('P'))
t(lambda: TypeVar('B',bound=int).__bound__)
t(lambda: TypeVar('C',int,str).__constraints__)
t(lambda: TypeVar('D',int))
t(lambda: Counter[str])
t(lambda: DefaultDict[str,int])
t(lambda: Deque[int]())
t(lambda: List[int]())
t(lambda: List())
t(lambda: isinstance([],List))
t(lambda: isinstance([],List[int]))
t(lambda: issubclass(list,Sequence))
t(lambda: Iterable[int])
t(lambda: Iterator[T][int])
t(lambda: Generator[int,None,str])
t(lambda: Self)
t(lambda: LiteralString)
t(lambda: Concatenate[int,ParamSpec('P')])
t(lambda: hash(Union[int,str])==hash(Union[str,int]))
t(lambda: isinstance(1,Union[int,str]))
t(lambda: isinstance(1,Optional[int]))
t(lambda: SupportsInt)
t(lambda: isinstance(3.0,SupportsInt))
t(lambda: SupportsAbs[int])
t(lambda: copy.copy(List[int]))
t(lambda: copy.deepcopy(Union[int,str]))
t(lambda: assert_never(3))
t(lambda: is_typeddict(TD))
t(lambda: List[int].__origin__)
t(lambda: List[int].__args__)
t(lambda: Union[int,str].__args__)
t(lambda: List[T].__parameters__)
t(lambda: Awaitable[int])
t(lambda: AsyncIterator[int])
t(lambda: IO[str])
t(lambda: TypeAlias)
t(lambda: Unpack[Tuple[int]])
t(lambda: final(int))
t(lambda: no_type_check(g) is g)
t(lambda: Hashable)
t(lambda: ContextManager[int])
t(lambda: ChainMap[str,int])
t(lambda: OrderedDict[str,int])
t(lambda: dataclass_transform()(Box) is Box)
