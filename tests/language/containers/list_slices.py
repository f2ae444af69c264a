ends = [None, -7, -5, -3, -1, 0, 1, 2, 4, 5, 9]
total = 0
for size in range(6):
    for start in ends:
        for stop in ends:
            for step in [None, -3, -2, -1, 1, 2, 3]:
                s = slice(start, stop, step)
                a = list(range(size))
                got = a[s]
                assert tuple(a)[s] == tuple(got)
                assert list(range(size)[s]) == got
                wanted = list(range(*s.indices(size)))
                assert got == wanted, (size, s, got, wanted)
                b = list(range(size)); del b[s]
                assert b == [x for x in a if x not in got], (size, s, b)
                c = list(range(size)); c[s] = [-x - 1 for x in got]
                assert c[s] == [-x - 1 for x in got], (size, s, c)
                if step in (None, 1):
                    d = list(range(size)); d[s] = "xyz"
                    total += len(d)
                total += len(b) + sum(got) + sum(c)
print(total)
