# Copying asks copyreg once for the names of a class's slots; the class keeps the answer.
import copy
import copyreg


class A:
    __slots__ = "a", "__b", "__dict__", "__weakref__"


class B(A):
    __slots__ = ("c",)


class C(B):
    pass


class D:
    pass


class I(int):
    pass


class L(list):
    pass


for kind in (A, B, C, D, I, L):
    thing = kind()
    thing.__reduce_ex__(2)
    print(kind.__dict__.get("__slotnames__"))
made = C()
made.a, made.c, made.other = 1, 2, 3
print(made.__reduce_ex__(2)[1:], copy.copy(made).a, "__dict__" in vars(C))


class S:
    __slotnames__ = None


print(S().__reduce_ex__(2)[1:])
S.__slotnames__ = 1
try:
    S().__reduce_ex__(2)
except TypeError as error:
    print(error)
S.__slotnames__ = ["a"]
S.a = 1
print(S().__reduce_ex__(2)[1:])
slot_names = copyreg._slotnames
copyreg._slotnames = lambda kind: 3


class T:
    pass


try:
    T().__reduce_ex__(2)
except TypeError as error:
    print(error)
copyreg._slotnames = lambda kind: ["zz"]
made = T()
made.zz = 2
print(made.__reduce_ex__(2)[1:])
copyreg._slotnames = slot_names
