"""async for, its else, and asynchronous comprehensions."""


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

class AIter:
    def __init__(s, n): s.n = n; s.i = 0
    def __aiter__(s): return s
    async def __anext__(s):
        if s.i >= s.n: raise StopAsyncIteration
        s.i += 1
        await Y(("it", s.i))
        return s.i
async def f():
    r = []
    async for x in AIter(3):
        if x == 2: continue
        r.append(x)
    else:
        r.append('else')
    async for x in AIter(5):
        if x == 2: break
    else:
        r.append("no")
    r.append([i * 2 async for i in AIter(2)])
    r.append({i async for i in AIter(2) if i > 1})
    r.append({i: await Y(i) async for i in AIter(2)})
    r.append([await Y(k) for k in "ab"])
    return r
print(run(f()))
