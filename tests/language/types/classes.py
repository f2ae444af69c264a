def s(src, **k):
    try: exec(src, {'__name__':'__main__', **k})
    except BaseException as e: print(type(e).__name__, e)
class A: pass
print(list(A.__dict__), A.__basicsize__, A.__dictoffset__, A.__weakrefoffset__, A.__flags__, A.__itemsize__)
for l in r"""class A: __slots__=['__dict__','__dict__']
class A: __slots__=['__weakref__','__weakref__']
class A(int): __slots__=['__weakref__']
class A(int): __slots__=['a']
class A: __slots__=[1]
class A: __slots__=['1']
class A:\n x=1\n __slots__=['x']
class B:\n __slots__=['x','b','a','__c']\nprint(list(B.__dict__),B.__basicsize__,B.__dictoffset__, B.__weakrefoffset__); B().x
class B:\n __slots__=['x']\nclass C(B): __slots__=['x']\nclass D(B): pass\nprint(D.__basicsize__,D.__dictoffset__, D.__weakrefoffset__, C.__basicsize__); del B().x
class B:\n __slots__=['x']\nB.x.__get__(1)
class A(int): pass\na=A(5);a.x=1;print(a,a+1,a.x,type(a+1))
class A(str): pass\na=A('abc');a.x=1;print(a,a+'d',a.x,A.__basicsize__)
class A(tuple): pass\na=A([1,2]);a.x=1;print(a,a.x)
class A(Exception): pass\nprint(A.__basicsize__,A.__dictoffset__, A.__weakrefoffset__);a=A(1,2);a.x=1;print(repr(a),a.x)
class A(float): pass\nprint(A(2.5))
class A(bool): pass
class A(int,str): pass
class A: pass\nclass B(A): pass\nclass C(A,B): pass
class A(object,object): pass
class A(1): pass
type('A',(1,),{})
type('A',(1,))
type()
type(1,2,3)
type('a',2,3)
type('a',(),3)
type('a\0',(),{})
type.__new__(int,'a',(),{})
type.__new__(1,'a',(),{})
type.__new__()
type.__new__(type)
type.__new__(type,1)
type('a',(),{},x=1)
class M1(type):pass\nclass M2(type):pass\nclass A(metaclass=M1):pass\nclass B(metaclass=M2):pass\nclass C(A,B):pass
class A: __qualname__=1
type('A',(),{'__classcell__':1})
class D:\n def __set_name__(s,o,n): 1/0\nclass A: x=D()
class A(x=1): pass
int.x=1
del int.x
class A:pass\ndel A.x
class A:pass\nA.x
class A:pass\nA.__name__=1
class A:pass\ndel A.__name__
class A:pass\nA.__name__='a\0'
class A:pass\nA.__qualname__=1
int.__name__='x'
class A:pass\nA.__bases__=1
class A:pass\nA.__bases__=()
class A:pass\nA.__bases__=(int,)
class A:pass\ndel A.__bases__
class A:pass\nA.__bases__=(1,)
class A:pass\nclass B:\n x=2\nclass C(A):pass\nC.__bases__=(B,)\nprint(C().x,C.__mro__)
class A:pass\nA.__mro__=1
class A:pass\nA.__dict__=1
class A:pass\nA.__class__=1
class A:pass\nA().__class__=1
class A:pass\nA().__class__=int
class A:pass\ndel A().__class__
class A:pass\nclass B:__slots__=['a']\nA().__class__=B
class A:pass\nclass B:\n def f(s): return s.x\na=A();a.x=7;a.__class__=B;print(a.f(),a.__dict__)
class A:pass\nA().__dict__=1
class A:pass\na=A();a.x=1;del a.__dict__;print(a.__dict__)
object().__class__=int
class A:pass\nA.__abstractmethods__
class A:pass\nA.__doc__='x'; print(A.__doc__)
int.__doc__='x'
class A:pass\nA.__annotations__={'x':1};print(A.__annotations__);del A.__annotations__;del A.__annotations__
class A:pass\nA(1)
class A:\n def __new__(c,*a): return object.__new__(c,*a)\nA(1)
object(1)
object.__new__(int)
object.__new__(1)
object.__init__(object(),1)
class A:\n def __init__(s,*a):object.__init__(s,*a)\nA(1)
class A:\n def __new__(c,*a):return object.__new__(c)\nA(1)
object.__new__()
int.__new__(str)
class A:pass\nA.__abstractmethods__=['b','a']\nA()
class A:pass\nA.__abstractmethods__=['b']\nA()
type(None).__new__(int)
list.__new__(int)
object.__init_subclass__(1)
object.__init_subclass__(x=1)
object().__format__(1)
object().__format__('x')
object().__reduce_ex__(1,2)
object().x
object().x=1
setattr(object(),1,2)
super()
super(1)
super(int,'a')
super(int,5).x
print(repr(super(int)), repr(super(int,True)))
super(int,5,6)
super(x=1)
super(int,bool).foo
class A:\n def f(s): return 'A'\nclass B(A):\n def f(s): return super().f()+'B'\nclass C(A):\n def f(s): return super().f()+'C'\nclass D(B,C):\n def f(s): return super().f()+'D'\nprint(D().f(), D.__mro__)
class A:\n def __init_subclass__(cls,**k): print(cls,k)\nclass B(A,x=1): pass
class M(type):\n def __prepare__(n,b,**k): print(n,b,k); return {}\n def __new__(m,n,b,d,**k): print(list(d)); return super().__new__(m,n,b,d)\n def __init__(c,*a,**k): pass\n def __call__(c,*a): print('call',a); return super().__call__(*a)\nclass A(metaclass=M,z=3):\n x=1\n def __init__(s,*a): print(a)\nA(1,2)
class A:\n def __eq__(s,o): return True\nhash(A())
class A:\n def __class_getitem__(c,i): return (c.__name__,i)\nprint(A[3])
class A:\n def __del__(s): print('del')\na=A();del a;print('after')
class A: pass\nclass B(A): pass\nprint(A.__subclasses__(), B.__base__, B.__bases__, type(A), A.mro())
class A:\n __slots__=('a','b')\na=A();a.a=1;print(a.__reduce_ex__(4)[2], a.__getstate__())
class A: pass\na=A();a.z=[1];r=a.__reduce_ex__(4);print(r[0].__name__,r[1],r[2],r[3:])
print([1].__reduce_ex__(2)[1:3], object.__reduce_ex__({}, 4)[1:3])
class A: pass\nprint(A|int, int|A|None)
class A:\n class B: pass\nprint(A.B, A.B.__qualname__, A.B.__module__)
print(type.__call__(type,'X',(),{}).__module__, type(3), type('Y',(int,),{'q':1})(4).q)
class A: x=1\nclass B(A): pass\nprint(B.x); A.x=2; print(B.x); B.x=3; print(A.x,B.x); del B.x; print(B.x)
class A: pass\nprint(len(A()))
class A: pass\na=A();A.__len__=lambda s:7;print(a.__len__(),a.__class__)""".split('\n'):
    print('>>',l[:100]); s(l.replace('\\n','\n'))
