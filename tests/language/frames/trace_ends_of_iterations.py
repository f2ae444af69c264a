# The StopIteration that carries a generator's result is told as an exception; a bare except has a line.
import sys
def run(f):
    first=f.__code__.co_firstlineno
    ev=[]
    def t(fr,e,a):
        ev.append((fr.f_lineno-first,e)); return t
    sys.settrace(t)
    try: f()
    except BaseException as x: ev.append(type(x))
    finally: sys.settrace(None)
    print(f.__name__,ev)
def a():
    try:
        try:
            3
        except:
            5
        else:
            7
            raise Exception
        finally:
            10
    except:
        12
    finally:
        14
def b():
    try:
        1/0
    except:
        x=1
    try:
        try:
            1/0
        finally:
            x=10
    except:
        x=12
def c():
    def gen():
        yield 1
        return 2
    for i in gen():
        x=i
    return x
def d():
    yielded=(x for x in (1,2))
    return next(yielded)+sum(yielded)
async def ai():
    yield 1
    yield 2
async def main():
    async for x in ai():
        y=x
    z=[q async for q in ai()]
def e():
    try: main().send(None)
    except StopIteration: pass
def f():
    def g():
        x = yield from h()
        return x
    def h():
        yield 1
        return 2
    return list(g())
def g():
    try:
        try:
            1/0
        finally:
            pass
    except ZeroDivisionError:
        x=1
for q in (a,b,c,d,e,f,g): run(q)
