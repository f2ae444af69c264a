"""Copies of iterators go on where the iterator stands, and share its source; deep copies have their own."""
import itertools as it
import copy
cases = {
 "count": it.count(3), "cycle": it.cycle([1,2,3]), "repeat": it.repeat(5, 4), "chain": it.chain([1,2],[3]), "islice": it.islice([1,2,3,4,5], 1, None, 2), "takewhile": it.takewhile(lambda x: x < 4, [1,2,3,4]), "dropwhile": it.dropwhile(lambda x: x < 2, [1,2,3]), "filterfalse": it.filterfalse(None, [0,1,0]), "compress": it.compress("abc",[1,0,1]), "starmap": it.starmap(pow, [(2,3),(3,2)]), "accumulate": it.accumulate([1,2,3,4]), "pairwise": it.pairwise("abcd"), "zip_longest": it.zip_longest("ab","xyz"), "product": it.product("ab", "xy"), "combinations": it.combinations("abcd",2), "cwr": it.combinations_with_replacement("abc",2), "permutations": it.permutations("abc",2), "groupby": it.groupby("aabbc"), "tee": it.tee([1,2,3])[0]}
for n, i in cases.items():
    first = next(i)
    first = first if n != "groupby" else first[0]
    for how in (copy.copy, copy.deepcopy):
        try:
            c = how(i)
            r = [x if n != "groupby" else x[0] for x in it.islice(c, 5)]
            print(n, how.__name__, first, r, type(c).__name__)
        except Exception as e: print(n, how.__name__, type(e).__name__, e)
    print(n, [x if n != "groupby" else x[0] for x in it.islice(i, 5)])
