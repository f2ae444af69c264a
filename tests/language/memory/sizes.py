import sys

print([sys.getsizeof(v) for v in (0, 1, 2 ** 30, 2 ** 60, 1.5, True, None, 1j)])
print([sys.getsizeof(v) for v in ("", "a", "abc", "é", "€", "\U0001F600")])
print([sys.getsizeof(v) for v in (b"", b"abc", (), (1,), (1, 2), [], set(), range(3))])
l = []
sizes = []
for i in range(20):
    l.append(i)
    sizes.append(sys.getsizeof(l))
print(sizes)
print(sys.getsizeof(object()), sys.getsizeof(slice(1)))
