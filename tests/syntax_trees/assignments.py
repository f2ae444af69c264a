a = b = 1
a, *b = c
*a, = b
[a, (b, c.d)] = e[0]
a += yield
a //= b, c
a: int
a: int = 1
(a): int
a.b: c = *d, e
a[b]: c
x = yield a, b
