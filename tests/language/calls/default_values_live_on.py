def collect(item, into=[]):
    into.append(item)
    return into


print(collect(1), collect(2), collect(3, []))
print(collect.__defaults__)
funcs = [lambda n=n: n for n in range(3)]
print([f() for f in funcs])
