"""Protocols whose classes call the __init__ behind them; hints of types that name themselves."""
from typing import *
import collections, copy
@runtime_checkable
class Speaks(Protocol):
    name: str
    def speak(self) -> str: ...
class Animal(Speaks):
    def __init__(self, name): super().__init__(); self.name = name
    def speak(self): return self.name
class Cat(Animal):
    def __init__(self): super().__init__("cat")
print(Cat().speak(), isinstance(Cat(), Speaks), isinstance(5, Speaks))
JSON = Union[str, int, List["JSON"], Dict[str, "JSON"]]
def load(x: JSON) -> "JSON": ...
print(get_type_hints(load))
class Node:
    next: Optional["Node"] = None
    kids: list["Node"]
print(get_type_hints(Node))
class OD(collections.OrderedDict): pass
o = OD(a=1); o.x = [1]; p = copy.copy(o); q = copy.deepcopy(o); print(p, p.x is o.x, q.x, type(q), o.copy().__dict__)
print(Literal[1, "a", None, True], Literal[1, 1])
