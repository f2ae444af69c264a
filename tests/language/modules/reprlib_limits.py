"""Checked against what CPython prints."""
import reprlib, collections
r=reprlib.repr
for o in [list(range(20)), tuple(range(3)), (1,), {i:i for i in range(9)}, set(range(9)), frozenset([1]), frozenset(), set(), {}, collections.deque(range(10)), 'x'*100, "it's "*20, 10**100, b'abc'*20, [[[[[[[[1]]]]]]]], object, None, 1.5, 'a'*26, 'a'*28,'a'*29, {'b':1,'a':2}]:
    print(r(o))
class B:
    def __repr__(s): raise ValueError
print(r(B())[:15])
class L:
    def __init__(s): s.i=[s]
    @reprlib.recursive_repr()
    def __repr__(s): return f'<{s.i}>'
print(L(), L.__repr__.__name__)
x=reprlib.Repr(); x.maxlist=2; x.maxstring=10; x.maxlevel=1; print(x.repr([1,2,3,'abcdefghijklm']), x.repr([[1],[2]]), x.repr({1:{2:3}}), x.repr([[[]]]))
