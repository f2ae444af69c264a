for i in range(5):
    if i == 1:
        continue
    if i == 3:
        break
    print(i)
else:
    print("not reached")
for i in ():
    pass
else:
    print("else of an empty loop", i)
n = 3
while n:
    n -= 1
else:
    print("else", n)
for i in (l := [1, 2, 3]):
    if i == 1:
        l.append(4)
print(l, i)
for x.attribute in [1] if False else []:
    pass
