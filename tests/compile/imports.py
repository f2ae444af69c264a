from __future__ import annotations
import os.path, a.b.c as d
from . import sibling
from ..parent import one as two, three
from math import *

x: Optional[list[int]] = None
def f(a: x if y else z = 1, *b: not c, **k: lambda q=1, *r: -q ** 2) -> (1, 'it"s'): ...
