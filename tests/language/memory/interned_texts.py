# The table of interned texts counts nothing: a text that dies leaves it, and nobody takes another one for it.
import sys

rc = sys.getrefcount
made = "hello" + str(1)
print(rc(made))
kept = sys.intern(made)
print(kept is made, rc(made))
place = id(made)
del made, kept
again = "hello" + str(1)
print(sys.intern(again) is again, rc(again))
other = "hello" + str(1)
print(sys.intern(other) is again, rc(again), rc(other))
del again, other


class K:
    pass


def name(number, end):
    return sys.intern("attribute" + str(number) + end)


thing = K()
for number in range(3000):
    known = name(number, "known")
    assert not hasattr(K, known) and not hasattr(thing, known)
    if number % 3 == 0:
        setattr(K, known, number)
        assert getattr(thing, known) == number
for number in range(3000):
    known, unknown = name(number, "known"), name(number, "unknown")
    assert hasattr(thing, known) == (number % 3 == 0)
    assert not hasattr(thing, unknown) and not hasattr(K, unknown)
    if number % 3 == 0:
        delattr(K, known)
    assert not hasattr(K, known)
print(len([key for key in vars(K) if not key.startswith("__")]))
for number in range(3000):
    setattr(thing, "value" + str(number), number)
    assert getattr(thing, "value" + str(number)) == number
    delattr(thing, "value" + str(number))
print(vars(thing))

texts = [sys.intern("text " + str(number)) for number in range(20000)]
assert all(sys.intern("text " + str(number)) is text for number, text in enumerate(texts))
del texts[::2]
assert all(sys.intern("text " + str(2 * number + 1)) is text for number, text in enumerate(texts))
del texts
wide = sys.intern("\u0142" + str(5))
print(sys.intern("\u0142" + str(5)) is wide, rc(wide), sys.intern(chr(233)) is chr(233), sys.intern("") is "".join([]))


class Text(str):
    pass


try:
    sys.intern(Text("hello"))
except TypeError as error:
    print(error)
setattr(thing, Text("own"), 1)
print(thing.own)
