# What comparison methods see of the pair that decides the order of two lists, and locals that die see of a result.
import sys
import weakref

rc = sys.getrefcount


class D:
    def __eq__(self, other):
        print("eq", rc(self), rc(other))
        return self is other

    def __lt__(self, other):
        print("lt", rc(self), rc(other))
        return True


class Declines(D):
    def __lt__(self, other):
        print("lt", rc(self), rc(other))
        return NotImplemented

    def __gt__(self, other):
        print("gt", rc(self), rc(other))
        return NotImplemented


(D(),) == (D(),)
(D(),) < (D(),)
[D()] == [D()]
[D()] < [D()]
[[D()]] < [[D()]]
((D(),),) < ((D(),),)
[(D(),)] < [(D(),)]
empty = []
for left, right in (Declines(), Declines()), (Declines(), empty), (empty, Declines()), (Declines(), D()):
    try:
        [left] < [right]
    except TypeError as error:
        print(error)
[D()] < [Declines()]
[D()] < [empty]
[empty] > [D()]
max([D()], [D()]), min((D(),), (D(),))
sorted([[D()], [D()]])
same = D()
same.__class__.__eq__ = lambda self, other: False
[same] < [same]


class Emptying:
    def __eq__(self, other):
        return False

    def __lt__(self, other):
        rows[0].clear()
        rows[1].clear()
        print("emptied", rc(self), rc(other))
        return True


class Swapping(Emptying):
    def __lt__(self, other):
        rows[0][0] = rows[1][0] = 5
        print("swapped", rc(self), rc(other))
        return 7


for kind in Emptying, Swapping:
    rows = [kind()], [kind()]
    print(rows[0] < rows[1])


class Looks:
    def __del__(self):
        print("held", rc(self.thing))


def returns(first, thing, last):
    first.thing = last.thing = thing
    return thing


def returns_reference():
    class K:
        pass

    thing = K()
    reference = weakref.ref(thing, lambda reference: print("dead", rc(reference)))
    return reference


print(rc(returns(Looks(), [], Looks())))
print(rc(returns_reference()))
