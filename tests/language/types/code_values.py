# Code objects: the constructor's complaints, replace() of counts and names, equality by value.
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, str(e)[:200])
import types
t(lambda: types.CodeType())
t(lambda: types.CodeType(1))
t(lambda: types.CodeType(*[1]*16))
B=(b'',(),(),(),'a','b','c',1,b'',b'')
t(lambda: types.CodeType(-1,0,0,0,0,0,*B))
t(lambda: types.CodeType(0,-1,0,0,0,0,*B))
t(lambda: types.CodeType(0,0,-1,0,0,0,*B))
t(lambda: types.CodeType(0,0,0,-1,0,0,*B))
t(lambda: types.CodeType(0,0,0,0,-1,0,*B))
t(lambda: types.CodeType(0,0,0,0,0,-1,*B))
t(lambda: types.CodeType(0,0,0,0,0,0,b'abc',*B[1:]))
t(lambda: types.CodeType(0,0,0,0,0,0,'',*B[1:]))
t(lambda: types.CodeType(0,0,0,0,0,0,b'',[],*B[2:]))
t(lambda: types.CodeType(0,0,0,0,0,0,b'',(),(1,),(),'a','b','c',1,b'',b''))
t(lambda: types.CodeType(0,0,0,0,0,0,b'',(),(),(1,),'a','b','c',1,b'',b''))
t(lambda: types.CodeType(0,0,0,0,0,0,b'',(),(),(),1,'b','c',1,b'',b''))
t(lambda: types.CodeType(0,0,0,0,0,0,b'',(),(),(),'a','b','c',1,b'',1))
t(lambda: types.CodeType(0,0,0,3,0,0,*B))
t(lambda: types.CodeType(1,0,0,0,0,0,*B))
t(lambda: types.CodeType(1,0,0,0,0,0,*B,a=1))
t(lambda: types.CodeType(0,0,0,0,0,0,*B,1))
t(lambda: types.CodeType(0,0,0,0,0,0,*B,(),(),()))
t(lambda: types.CodeType(0,0,0,0,0,0,*B,(1,),()))
t(lambda: types.CodeType('a',0,0,0,0,0,*B))
t(lambda: types.CodeType(10**10,0,0,0,0,0,*B))
t(lambda: object.__new__(types.CodeType))
def f(a,b=2,*c,d,e=5,**k):
    x=1
    return [a,b,c,d,e,k]
def h(a,b):
    x=[a]
    return x,b
c=h.__code__
t(lambda: types.FunctionType(c.replace(co_argcount=3),{})(1,2,3))
t(lambda: types.FunctionType(c.replace(co_argcount=3),{})(1,2))
t(lambda: types.FunctionType(c.replace(co_argcount=0,co_kwonlyargcount=2),{})(a=1,b=2))
t(lambda: types.FunctionType(c.replace(co_argcount=0,co_kwonlyargcount=2),{})(1,b=2))
t(lambda: types.FunctionType(c.replace(co_argcount=1,co_kwonlyargcount=1),{})(1,b=2))
t(lambda: types.FunctionType(c.replace(co_stacksize=500),{})(1,b=2))
t(lambda: types.FunctionType(c.replace(co_stacksize=50000),{})(1,b=2))
def o(a):
    def i(): return a
    return i
t(lambda: o.__code__.replace(co_cellvars=('z',)).co_cellvars)
t(lambda: o(1).__code__.replace(co_freevars=('z',)).co_freevars)
t(lambda: c==h.__code__ and hash(c)==hash(c.replace()))
t(lambda: hash(compile('x=1\ndef f(a): return 1.5','a','exec'))==hash(compile('x=1\ndef f(a): return 1.5','b','exec')))
t(lambda: compile('x=1\ndef f(a): return 1.5, (-0.0, frozenset), {1,2}','a','exec')==compile('x=1\ndef f(a): return 1.5, (-0.0, frozenset), {1,2}','b','exec'))
t(lambda: compile('x in {1,2,"a"}, (1,(2,3.0))','a','exec')==compile('x in {1,2,"a"}, (1,(2,3.0))','b','exec'))
t(lambda: compile('(1,(2,3.0))','a','exec')==compile('(1,(2,3))','b','exec'))
t(lambda: sum(1 for _ in c.co_positions())>0)
t(lambda: all(l is None or 1<=l for _,_,l in c.co_lines()))
d=c
for i in range(3): d=d.replace(co_consts=(None,))
t(lambda: d==c)
