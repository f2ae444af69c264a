"""Asynchronous generators: iteration, asend, athrow, aclose and anext."""


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

async def ag():
    try:
        for i in range(3):
            await Y(i)
            got = yield i * 10
            print("got", got)
    finally:
        print("ag finally")
async def use():
    r = []
    async for x in ag(): r.append(x)
    g = ag()
    r.append(await g.__anext__())
    r.append(await g.asend("hello"))
    try: await g.athrow(ValueError("t"))
    except ValueError as e: r.append(repr(e))
    await g.aclose()
    g = ag()
    await anext(g)
    await g.aclose()
    r.append(await anext(g, "dflt"))
    try: await anext(g)
    except StopAsyncIteration: r.append("stop")
    r.append([x async for x in (i + 1 async for i in ag())])
    return r
print(run(use()))
