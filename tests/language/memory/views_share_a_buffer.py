# All views of one owner that were made from each other share a managed buffer, and it alone holds the owner.
import sys, gc
b = bytearray(b'abcdef')
m = memoryview(b); n = m[1:]; o = memoryview(m); p = m.cast('B')
mb = gc.get_referents(m)[0]
print(type(mb), sys.getsizeof(mb), sys.getrefcount(mb), sys.getrefcount(b), sys.getsizeof(m), gc.get_referents(n)[0] is mb, gc.get_referents(mb) == [b], gc.is_tracked(mb))
m.release(); print(sys.getrefcount(mb), sys.getrefcount(b), gc.get_referents(m) == [mb])
n.release(); o.release()
try: b.append(1)
except BufferError as e: print(e)
print(bytes(p)); 
p.release(); b.append(1); print(sys.getrefcount(mb), sys.getrefcount(b), gc.get_referents(mb))
del m, n, o, p; print(sys.getrefcount(mb))
try: type(mb)()
except TypeError as e: print(e)
m = memoryview(b); n = m[2:4]; del m; print(bytes(n), sys.getrefcount(b)); del n; print(sys.getrefcount(b)); b.append(5)
class B(bytearray): pass
b = B(b'xyz'); b.m = memoryview(b); b.n = b.m[1:]; r = __import__('weakref').ref(b); del b; print(r() is not None, gc.collect(), r())
import time, os
print(gc.is_tracked(time.localtime()), gc.is_tracked(sys.version_info), gc.is_tracked(os.stat('/')), gc.is_tracked(time.struct_time(range(9))), gc.is_tracked(sys.float_info), gc.is_tracked(sys.hash_info), gc.is_tracked(sys.flags), gc.is_tracked(os.times()))
