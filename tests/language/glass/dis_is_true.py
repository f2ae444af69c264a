# What the bytecode is said to do to counts is what happens to a watched object.
import glass


class Node:
    pass


def sample(x, row):
    y = x
    pair = [x]
    row.append(x)
    del y
    x.me = x
    x.me = None
    row[0] = x
    row[0] = None
    z = y = x
    z = 1
    t = (x, x)
    t = None
    return y


said = {row.equation[2:]: row.counts for row in glass.dis(sample)}
node = Node()
number = glass.watch(node)
sample(node, [0])
rises = falls = 0
for row in glass.life(number):
    if row.function != 'sample' or 'between' in row.count:
        continue
    before, after = map(int, row.count.split(' → '))
    counts = said[row.by]
    if after > before:
        rises += 1
        assert '+1' in counts, (row, counts)
    else:
        falls += 1
        assert '-1' in counts or '→ callee' in counts, (row, counts)
print(rises, falls, rises >= 5, falls >= 4)
