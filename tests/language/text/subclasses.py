class S(str):
    def __str__(self): return 'S!'
    x = 5
s = S('abc'); s.y = 3
print(s, repr(s), s.y, type(s+'d'), type(s.strip()), type(s[:]), s == 'abc', hash(s)==hash('abc'), len(s), str(s), '%s' % s, '{}'.format(s), f'{s}', ''.join([s]) == 'abc', type(''.join([s])), s.upper(), {s: 1}['abc'])
class T(str):
    def __new__(cls, a, b): return str.__new__(cls, a + b)
    def __getitem__(self, i): return 'q'
print(T('a','b'), T('x','y')[0], T('a','b').__getnewargs__())
class B(bytes): pass
print(B(b'abc'), type(B(b'abc')[1:]), B(b'a') == b'a', type(bytes(B(b'a'))), B(b'abc').upper())
class BA(bytearray): pass
b = BA(b'abc'); b.z = 1; b.append(65); print(b, b.z, type(b[1:]), type(b + b''))
class D(dict):
    def __missing__(self, k): return '<' + k + '>'
print('{foo}'.format_map(D()), '%(foo)s' % D())
class F:
    def __format__(self, spec): return 'F:' + spec
    def __str__(self): return 'Fstr'
    def __repr__(self): return 'Frepr'
    def __index__(self): return 65
    def __bytes__(self): return b'Fbytes'
f = F()
print('{:abc} {!r} {!s:>6}'.format(f,f,f), '%s %r %x %c' % (f,f,f,f), bytes(f), b'%s|%c|%x' % (f,f,f))
ms = memoryview(bytearray(b'abcdef')); ms[0]=65; ms[1:3]=b'zz'; print(ms.tobytes(), ms[::2].tolist(), ms.obj, ms.readonly)
with memoryview(b'abc') as m: print(m[0], m.nbytes, m.itemsize, m.ndim, m.shape, m.strides)
ba = bytearray(b'abc'); it = iter(ba); print(next(it)); ba.append(100); print(list(it)); print(list(it))
it = iter('abc'); print(next(it), it.__length_hint__()); it.__setstate__(0); print(list(it))
