@a.b
@c(d)
def f(a, b: int = 1, /, c=2, *d: e, g, h=3, **i) -> j:
    return a
def f(): pass
def f(*, a): pass
def f(*args: *Ts): pass
def f(a, /): pass
async def f(a,):
    await b
@a
async def g(): pass
lambda: 1
lambda a, b=1, *c, d, e=2, **f: (yield)
lambda *, a: a
lambda a, /, b: b
