# Proxies are made by proxy() alone; the hook of lost exceptions takes what the interpreter gives it.
import sys
import types
import weakref

for kind in weakref.ProxyType, weakref.CallableProxyType, types.UnionType, type(None), types.GeneratorType:
    try:
        type('Sub', (kind,), {})
    except TypeError as error:
        print(error)

for wrong in None, 1, (), types.MappingProxyType({}):
    try:
        sys.unraisablehook(wrong)
    except TypeError as error:
        print(error)


class Loud:
    def __del__(self):
        raise ValueError('lost')


seen = []
sys.unraisablehook = lambda record: seen.append((record.exc_type, str(record.exc_value), record.err_msg))
loud = Loud()
del loud
print(seen)
