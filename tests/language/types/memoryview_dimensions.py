"""Views of several dimensions, and of none."""
b = bytearray(range(24))
m = memoryview(b)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
n = m.cast("B", [2, 3, 4])
t(lambda: (n.ndim, n.shape, n.strides, n.nbytes, n.itemsize, len(n), n.c_contiguous, n.f_contiguous, n.contiguous, n.suboffsets))
t(lambda: n.tolist())
t(lambda: n[1, 2, 3]); t(lambda: n[-1, -1, -1]); t(lambda: n[2, 0, 0]); t(lambda: n[0, 3, 0]); t(lambda: n[0]); t(lambda: n[0, 1]); t(lambda: n[0, 1, 2, 3])
t(lambda: n[0:1].tolist()); t(lambda: n[::-1].tolist()); t(lambda: (n[::-1].strides, n[::-1].c_contiguous, n[::-1].tobytes())); t(lambda: n[0:1, 0:1]); t(lambda: n["a"]); t(lambda: n[...]); t(lambda: m[...]); t(lambda: n[()]); t(lambda: m[()]); t(lambda: m[1,]); t(lambda: m[1, 2])
def st(k, v, x=n): x[k] = v; return b[:24]
t(lambda: st((0, 0, 0), 99)); t(lambda: st(0, 1)); t(lambda: st(slice(0, 1), b"a")); t(lambda: st((1, 2), 1)); t(lambda: st((1, 2, 9), 1)); t(lambda: st((slice(0, 1),) * 3, 1)); t(lambda: st("a", 1)); t(lambda: st((0, 0, 1), 300)); t(lambda: st((0, 0, 1), "x"))
t(lambda: n.cast("B").shape); t(lambda: n.cast("I").tolist()); t(lambda: n.cast("B", [4, 6])); t(lambda: m.cast("H", [3, 4]).tolist()); t(lambda: m.cast("H", (3, 5))); t(lambda: m.cast("H", 3)); t(lambda: m.cast("B", [0, 24])); t(lambda: m.cast("B", [-1, 24])); t(lambda: m.cast("B", ["a"])); t(lambda: m.cast("B", [1] * 65)); t(lambda: m.cast("B", [2**62, 2**62])); t(lambda: m.cast("B", [2**70])); t(lambda: m.cast("B", [24]).shape)
z = memoryview(bytearray(8)).cast("d", shape=[])
t(lambda: (z.ndim, z.shape, z.strides, z.nbytes, z.tolist(), z[()], z[...] is z, z.c_contiguous, z.f_contiguous, len(z), z.tobytes()))
t(lambda: z[0]); t(lambda: z[0:1]); 
def zs(k, v): z[k] = v; return z.tolist()
t(lambda: zs((), 2.5)); t(lambda: zs(..., 3.5)); t(lambda: zs(0, 1)); t(lambda: z.cast("B").shape); t(lambda: z == z); t(lambda: list(z)); t(lambda: list(n)); t(lambda: n == m); t(lambda: n == m.cast("B", [2, 3, 4])); t(lambda: n == m.cast("B", [4, 6])); t(lambda: memoryview(b"").cast("B", [1])); t(lambda: memoryview(b"").cast("I").shape); t(lambda: n.toreadonly().shape); t(lambda: memoryview(n).shape); t(lambda: bytes(n) == bytes(b)); t(lambda: n.hex()[:8]); t(lambda: m.cast("B", [1, 24]).f_contiguous); t(lambda: hash(memoryview(bytes(24)).cast("B", [4, 6])) == hash(bytes(24))); t(lambda: m[::2].cast("B")); t(lambda: n[1:1].tolist()); t(lambda: n[1:1].shape); t(lambda: n[1:1].cast("B")); t(lambda: 5 in n)
for i, row in enumerate(m.cast("B", [4, 6]).tolist()): print(i, row)
