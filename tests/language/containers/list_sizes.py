import sys


def sizes(name, values):
    print(name, *values)


a = []; seen = []
for i in range(200):
    a.append(i); seen.append(sys.getsizeof(a))
sizes("append", seen)
seen = []
while a:
    a.pop(); seen.append(sys.getsizeof(a))
sizes("pop", seen)
seen = []
a = list()
for i in range(60):
    a.insert(0, i); seen.append(sys.getsizeof(a))
sizes("insert", seen)
sizes("list(range)", [sys.getsizeof(list(range(n))) for n in range(40)])
sizes("list(generator)", [sys.getsizeof(list(x for x in range(n))) for n in range(40)])
sizes("list(tuple)", [sys.getsizeof(list((1,) * n)) for n in range(20)])
sizes("list(str)", [sys.getsizeof(list("x" * n)) for n in range(20)])
sizes("list(dict)", [sys.getsizeof(list(dict.fromkeys(range(n)))) for n in range(20)])
sizes("list(set)", [sys.getsizeof(list(set(range(n)))) for n in range(20)])
sizes("sorted", [sys.getsizeof(sorted(range(n))) for n in range(20)])
sizes("comprehension", [sys.getsizeof([x for x in range(n)]) for n in range(40)])
sizes("repeat", [sys.getsizeof(list((0,)) * n) for n in range(20)])
sizes("concatenate", [sys.getsizeof(list(range(n)) + list(range(3))) for n in range(20)])
sizes("slice", [sys.getsizeof(list(range(20))[:n]) for n in range(20)])
sizes("copy", [sys.getsizeof(list(range(n)).copy()) for n in range(20)])
for count in (1, 3, 9, 30):
    seen = []
    a = list()
    for i in range(12):
        a.extend(range(count)); seen.append(sys.getsizeof(a))
    sizes("extend range", seen)
    seen = []
    a = list()
    for i in range(12):
        a += (0,) * count; seen.append(sys.getsizeof(a))
    sizes("+= tuple", seen)
    seen = []
    a = list()
    for i in range(12):
        a[len(a):] = range(count); seen.append(sys.getsizeof(a))
    sizes("slice assignment", seen)
    seen = []
    a = list(range(100))
    while len(a) > count:
        del a[:count]; seen.append(sys.getsizeof(a))
    sizes("slice deletion", seen)
    seen = []
    a = list(range(100))
    while len(a) > count:
        del a[::count + 1]; seen.append(sys.getsizeof(a))
    sizes("stepped deletion", seen)
    seen = []
    a = list(range(count))
    for i in range(4):
        a *= 2; seen.append(sys.getsizeof(a))
    sizes("*=", seen)
a = list(range(50)); a.clear(); sizes("clear", [sys.getsizeof(a)])
a = list(range(50)); a[:] = []; sizes("[:] = []", [sys.getsizeof(a)])
a = list(range(50)); a.sort(reverse=True); sizes("sort", [sys.getsizeof(a)])
a = list(range(50)); a.remove(3); del a[0]; sizes("remove", [sys.getsizeof(a)])
