"""await passes what its iterator yields outwards and what is sent inwards."""


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
async def b():
    return await a(), await a()
print(run(b()))
async def main():
    await Y(0)
print(run(main()))
