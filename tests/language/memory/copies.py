import copy


class C:
    def __init__(self):
        self.items = [1]


c = C()
shallow, deep = copy.copy(c), copy.deepcopy(c)
print(shallow.items is c.items, deep.items is c.items, deep.items)
l = [1, [2]]
l.append(l)
m = copy.deepcopy(l)
print(m[2] is m, m[1] is l[1], copy.copy(l)[1] is l[1])
t = (1, "a")
print(copy.deepcopy(t) is t, copy.copy(t) is t)
shared = []
a, b = copy.deepcopy([shared, shared])
print(a is b)
