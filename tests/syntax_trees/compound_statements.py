if a: b
elif c: d
else:
    e

while a:
    break
else: pass
for a, *b in *c, d:
    continue
else:
    pass
try:
    a
except B as c:
    d
except (E, F):
    g
except:
    h
else:
    i
finally:
    j
try:
    a
except* B:
    c
try: a
finally: b
