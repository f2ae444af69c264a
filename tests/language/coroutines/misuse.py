"""Errors of awaiting what cannot be awaited, and of where await may stand."""
import types


class Y:
    def __init__(s, v): s.v = v
    def __await__(s):
        r = yield s.v
        print("resumed", r)
        return r

def run(c):
    out = []
    send = None
    try:
        while True:
            v = c.send(send)
            out.append(v)
            send = ("ans", v)
    except StopIteration as e:
        return out, e.value

async def a():
    x = await Y(1)
    y = await Y(2)
    return x, y
print(run(a()))
c = a(); print(type(c), c.cr_await, c.cr_running); c.close()
try: c.send(None)
except RuntimeError as e: print(e)
async def bad(): await 5
try: run(bad())
except TypeError as e: print(e)
async def bad(): 
    async with 5: pass
try: run(bad())
except TypeError as e: print(e)
async def bad(): 
    async for i in 5: pass
try: run(bad())
except TypeError as e: print(e)
async def bad(): raise StopIteration(5)
try: run(bad())
except RuntimeError as e: print(repr(e), repr(e.__cause__))
@types.coroutine
def gen(): 
    x = yield 1
    return x
async def z(): return await gen()
print(run(z()))
c = a()
def nogen():
    yield from c
try: list(nogen())
except TypeError as e: print(e)
c.close()
for s in ["def f():\n  try: pass\n  except* ValueError:\n    return 1\n","async def f():\n  yield 1\n  return 2\n","await x","def f():\n  await x","[x async for x in y]","def f(): [x async for x in y]","class A:\n  await x","def f():\n  async for x in y: pass","async with x: pass","async def f():\n yield from x","def f():\n  (x async for x in y)", "lambda: await x","def f():\n  [await x for x in y]","for i in x:\n  try: pass\n  except* ValueError:\n    break\n", "for i in x:\n  try: pass\n  except* ValueError:\n    continue\n","try: pass\nexcept*: pass", "async def f():\n  return 1\n  yield"]:
    try: compile(s,'<s>','exec'); print('ok')
    except SyntaxError as e: print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
