# The figures of the map agree with each other, and with the memory manager's own report.
import glass
import sys

report = glass.map()
arenas, classes, large = list(report), report.parts[0], report.parts[1]
pools = [pool for arena in arenas for pool in arena.rows if pool.holds == 'pool']
print(report.kind, len(arenas) >= 1, len(classes) == len({pool.block_size for pool in pools}))

for pool in pools:
    assert pool.used + pool.free + pool.never_used == pool.capacity, pool
    assert pool.capacity == (16384 - 48) // pool.block_size, pool
    assert (pool.state == 'full') == (pool.used == pool.capacity), pool
    assert pool.place % 16384 == 0, pool
for size in classes:
    own = [pool for pool in pools if pool.block_size == size.block_size and pool.state != 'free']
    assert size.pools == len(own), size
    assert size.used == sum(pool.used for pool in own), size
    assert size.bytes_used == size.used * size.block_size, size
    assert size.needed <= size.pools, size
total = classes.footers[0]
print(total.used == sum(size.used for size in classes))
print(total.bytes_used + total.bytes_free <= 16384 * total.pools)

# A hole in a pool shows as fragmentation.
def floats(report):
    return [size for size in report.parts[0] if size.block_size == 32][0]

numbers = [i + 0.5 for i in range(5000)]
full = floats(glass.map())
kept = numbers[::100]
del numbers
holes = floats(glass.map())
print(full.used > 5000, full.needed == full.pools)
print(holes.needed < holes.pools, holes.free > 3000)

# Large blocks are told by what they are.
print([row.blocks for row in large if row.holds == 'registers of all frames'])
