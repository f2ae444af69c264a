"""A generator that delegates stands behind the frame of the one that throw() goes to."""
import sys, traceback
def names():
    f = sys._getframe(1); out = []
    while f is not None:
        out.append((f.f_code.co_name, f.f_lineno)); f = f.f_back
    return out
def inner(kind):
    try:
        yield 1
    except ValueError as e:
        print(names())
        yield 2
        raise KeyError('k') from None
def middle(kind):
    r = yield from inner(kind)
    return r
def outer(kind):
    try:
        raise IndexError
    except IndexError:
        yield from middle(kind)
g = outer(1)
next(g)
print(g.throw(ValueError('a')))
try:
    next(g)
except KeyError as e:
    for f in traceback.extract_tb(e.__traceback__): print(f.name, f.lineno)
def f2():
    try:
        yield 1
    except ValueError:
        print(names(), sys.exc_info()[0])
        try: g2.send(None)
        except ValueError as e: print(e)
        raise RuntimeError
def o2():
    try: raise IndexError
    except IndexError:
        try:
            yield from f2()
        except RuntimeError as e:
            print(repr(e.__context__), repr(e.__context__.__context__))
            print(repr(sys.exc_info()[1]))
        print(repr(sys.exc_info()[1]))
        yield 3
g2 = o2(); next(g2); fr = g2.gi_frame
print(g2.throw(ValueError('zz')))
print(fr is g2.gi_frame, fr.f_lineno, fr.f_back)
class A:
    def __await__(self):
        try: yield 1
        except ValueError: print(names()); yield 2
async def c1(): return await A()
async def c2(): return await c1()
c = c2(); c.send(None); print(c.throw(ValueError)); 
try: c.send(None)
except StopIteration as e: print('done')
def ret():
    try: yield 1
    except ValueError: return 'val'
def oret():
    x = yield from ret()
    print('x', x, names())
    yield 9
g = oret(); next(g); print(g.throw(ValueError))
def deep(n):
    if n == 0:
        try: yield 0
        except ValueError: yield len(names())
    else: yield from deep(n-1)
g = deep(200); next(g); print(g.throw(ValueError)); g.close()
