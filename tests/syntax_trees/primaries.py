a.b.c[d](e)(f)
a(b, *c, d=e, **f)
a(*b, c, d=e, *f, **g, h=i)
a(b for b in c)
a(b := 1, c)
a[b:c]
a[:]
a[::b]
a[b:c:d, ::, e]
a[*b]
a[b,]
a[b := 1]
a[lambda: b:c]
