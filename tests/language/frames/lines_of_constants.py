"""Lines of statements that are nothing but a constant are told, documentation is not; `co_lines` tells the same."""
import sys
events=[]
def tr(f,e,a):
    events.append((f.f_lineno - f.f_code.co_firstlineno, e)); return tr
def a():
    "doc"
    return 1
def b():
    "doc"
    "second"
    x = 1
def c():
    "doc"
class K:
    "kdoc"
    "other"
    x = 1
def d():
    "doc"; "same"; y = 2
    b"bytes"
    f"x"
    "abc" "def"
    if 1: "only"
    if y: "inner"
    else: "else"
def e():
    f"notdoc"
    return
def mk():
    class Q:
        "qdoc"
        "more"
def w():
    for i in range(2):
        "loop"
for f in (a,b,c,d,e,mk,w):
    events=[]
    sys.settrace(tr); f(); sys.settrace(None); print(f.__name__, events)
    print([l for l in dict.fromkeys(x[2] and x[2]-f.__code__.co_firstlineno for x in f.__code__.co_lines())])
src='"doc"\n"second"\nx=1\n"third"\n'
events=[]
co=compile(src,"q","exec")
sys.settrace(tr); exec(co,{}); sys.settrace(None); print(events)
