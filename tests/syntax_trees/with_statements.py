with a: b
with a as b, c as (d, e): f
with (a, b): c
with (a, b,): c
with (a as b, c): d
with (a, b as c,): d
with (a): b
with (a), (b): c
with (a, b) as c: d
with (a).b as c: d
with ((a, b)): c
with (*a, b): c
with (): a
with (yield): a
async def f():
    async with a as b: c
    async for d in e: f
    else: g
