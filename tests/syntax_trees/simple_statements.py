pass; break; continue
return
return a, *b
raise
raise A from b
global a, b
nonlocal c
del a, (b, c), [d], e.f, g[0]
assert a, 'b'
import a.b as c, d
from . import a
from ...b.c import (d as e, f,)
from .... import *
'docstring'
...
