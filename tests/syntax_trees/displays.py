()
(a)
(a,)
(a, *b)
[]
[a, *b,]
{}
{a: b, **c, d: e}
{a, *b}
[a for b in c if d if e for f, g in h]
{a for b in c}
{a: b for c in d}
(a for b in c)
(a := b for b in c)
(yield a)
(yield from b)
async def f():
    return [await a async for b in c]
