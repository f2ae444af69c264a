# Types in the place of type variables: in unions, aliases and function types.
import typing, collections.abc
T=typing.TypeVar('T'); S=typing.TypeVar('S')
x = int | T | bytes
def eq(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
eq(lambda:x); eq(lambda:type(x)); eq(lambda: x[typing.Callable[[int], str]]);eq(lambda: int | typing.Callable[[int], str] | bytes); eq(lambda: x[collections.abc.Callable[[int], str]]); eq(lambda: x[typing.List]); eq(lambda: list[int | list[T]][str]); eq(lambda: (list[T]|list[S])[int,T]); eq(lambda: (float | list[T])[int]);  eq(lambda: x[typing.Union[str, list]]); eq(lambda: (list[T] | list[S])[int, int])
C=collections.abc.Callable
eq(lambda: C[[int],str]); eq(lambda: C[...,int]); eq(lambda: C[[],int]); eq(lambda: C[[int],str].__args__); eq(lambda: C[[T],S][int,str]); eq(lambda: C[int]); eq(lambda: C[int,str]); eq(lambda: typing.get_args(C[[int],str])); eq(lambda: C[[int],str]==C[[int],str]); eq(lambda: isinstance(len,C)); eq(lambda: C[[int],list[T]][str]); eq(lambda: C[[int],str] | None); eq(lambda: type(C[[int],str]).__name__); eq(lambda: list['x'][int]); eq(lambda: list[T]['x']); eq(lambda: list[T][None]); eq(lambda: dict[T,S|None][int,str]); eq(lambda: tuple[T,...][int]); eq(lambda: typing.Callable[[T],C[[T],int]][str])
import heapq
print(list(heapq.merge([(3,'a'),(1,'b')],[(3,'c'),(1,'d')],key=lambda p:p[0],reverse=True)))
