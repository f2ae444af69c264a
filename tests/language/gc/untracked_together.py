# One collection lets go of tuples first and of dicts after them, wherever they stand in its list.
import gc

gc.disable()


def number(i):
    return int(str(i))


holder = {"pair": None}
early = {"key": (number(1000), number(2000))}
late = (number(3000), (number(4000), number(5000)))
holder["pair"] = late
mixed = {"keep": [], "pair": late}
cycle = {"pair": late}
cycle["self"] = cycle
gc.collect()
print(gc.is_tracked(early["key"]), gc.is_tracked(early))
print(gc.is_tracked(late), gc.is_tracked(late[1]), gc.is_tracked(holder))
print(gc.is_tracked(mixed), gc.is_tracked(cycle))

nested = ((((number(1), "a"),), number(2)),)
with_list = ((((number(1), []),), number(2)),)
print(gc.is_tracked(nested), gc.is_tracked(with_list))
gc.collect()
print(gc.is_tracked(nested), gc.is_tracked(with_list), gc.is_tracked(with_list[0][0][0]))

many = [{i: (i, str(i))} for i in range(5000)]
gc.collect()
print(sum(gc.is_tracked(entry) for entry in many), gc.is_tracked(many))
for entry in many:
    entry["list"] = many
print(sum(gc.is_tracked(entry) for entry in many))
del entry, many, cycle
print(gc.collect())
