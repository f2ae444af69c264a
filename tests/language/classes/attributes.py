class C:
    shared = []
    count = 0

    def __init__(self, name):
        self.name = name
        C.count += 1


a, b = C("a"), C("b")
a.shared.append(1)
a.count = 9
print(b.shared, a.count, b.count, C.count)
print(a.__dict__, vars(b))
del a.count
print(a.count)
try:
    a.missing
except AttributeError as error:
    print(error)
try:
    del a.missing
except AttributeError as error:
    print(error)
try:
    C.missing
except AttributeError as error:
    print(error)
