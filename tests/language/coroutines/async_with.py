"""async with: every way out awaits the exit method."""


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

class M:
    async def __aenter__(s): print("enter"); await Y("en"); return "val"
    async def __aexit__(s, *a): print("exit", a[0]); await Y("ex"); return a[0] is KeyError
async def w():
    async with M() as m, M():
        print(m)
    async with M():
        raise KeyError
    for i in range(2):
        async with M():
            if i: break
            continue
    async with M():
        return 5
print(run(w()))
async def w2():
    async with M():
        raise ValueError("x")
try: run(w2())
except ValueError as e: print(repr(e))
