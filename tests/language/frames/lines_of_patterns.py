"""The lines of patterns that are tried, of the one that matches anything, and of a name that stands alone."""
import sys
def f(b):
    match b:
        case [u,*r]: pass
        case int() | None: pass
        case _:
            x = 1
    return 2
def g(b):
    match b:
        case 1 | 2:
            y = 1
        case "a":
            y = 2
        case _:
            y = 3
def h(b):
    match b:
        case {"k": v} | {"j": v}: z = v
        case (1 | 2) as q: pass
        case str(): pass
        case _: pass
ev=[]
def tr(fr,e,a):
    ev.append((e[0],fr.f_lineno)); return tr
for fn,args in ((f,(0,None,"s",[1])),(g,(1,2,"a",9)),(h,({"k":1},{"j":1},1,2,"s",3.5))):
    for a in args:
        ev.clear(); sys.settrace(tr); fn(a); sys.settrace(None); print(fn.__name__,a,ev)


def lonely(thing):
    first = 1
    thing
    for item in (1, 2):
        item
    return first


ev.clear()
sys.settrace(tr)
lonely(3)
sys.settrace(None)
print(ev)
