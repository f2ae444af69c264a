def loops(items):
    for item in items:
        if item:
            continue
        break
    else:
        item = None
    while item:
        item = item.next
    else:
        return item
    while True:
        for a, (b, *c) in [items]:
            return a
    return 1


for x in 1, 2:
    if x:
        break
while 0:
    unreachable()
