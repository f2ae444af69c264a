# Operations on texts that have a short way, next to the operands that must take the long one.
import operator


class Sub(str):
    def __lt__(self, other):
        return "sub"

    def __contains__(self, other):
        return other == "sub"

    def __getitem__(self, key):
        return ("sub", key)

    def __iter__(self):
        return iter(["s", "u", "b"])


def orders(left, right):
    return left < right, left <= right, left == right, left != right, left > right, left >= right


for left, right in [("a", "b"), ("a", "a"), ("", "a"), ("ab", "a"), ("é", "z"), ("z", "é"), ("€", "é"), ("\U0001f40d", "€"),
                    ("abc", "abd"), ("\xff", "\u0100"), ("x" * 20, "x" * 19 + "y")]:
    print(orders(left, right))
print("b" < Sub("a"), Sub("a") < "b")


def refused(action, *values):
    try:
        return action(*values)
    except Exception as error:
        return type(error).__name__, str(error)


print(refused(lambda a, b: a < b, "a", 1), refused(lambda a, b: a >= b, 1, "a"))
for item, text in [("a", "banana"), ("é", "caf\xe9"), ("€", "banana"), ("", "abc"), ("an", "banana"), ("é", "\u20ac\xe9")]:
    print(item in text, item not in text)
print("sub" in Sub("x"), "x" in Sub("x"), refused(lambda a, b: a in b, 1, "a"))
text = "caf\xe9\u20ac\U0001f40d"
for index in [0, 3, 4, 5, -1, -6, True, 6, -7, 10 ** 20, 1.0, "0"]:
    print(refused(lambda t, i: t[i], text, index))
print(Sub("x")[0], refused(lambda t: t[2], "ab"), refused(lambda t: t[-1], "ab"))
print([c for c in text], [c for c in Sub("x")], [c for c in ""], [i for i in ()], [i for i in (1, "a")])


def shrinking():
    row = [1, 2, 3]
    seen = []
    for c in "abc":
        seen.append(c * len(row))
        row.pop()
    return seen


print(shrinking())
for between in ["", ",", "é", "€"]:
    for row in [[], ["a"], ["a", "b"], ["a", "é"], ["\U0001f40d", "a"], ["", ""], ["", "x"], (), ("p", "q"), iter("xyz")]:
        print(between.join(row), end="|")
    print()
print(",".join([Sub("one"), "two"]), refused(",".join, ["a", 1]), refused(",".join, 5), "".join([Sub("s")]))
for old, new in [("a", ""), ("a", "é"), ("an", "AN"), ("", "-"), ("b", "b"), ("zz", "y"), ("banan", ""), ("é", "e")]:
    print("banana".replace(old, new), "b\xe9nana".replace(old, new), "banana".replace(old, new, 1))
print(["%d %s" % (value, value) for value in (0, 7, -300, True, 10 ** 20)], "%s" % "é", "%s%%" % None, "%i" % 2.9)
print(refused(operator.mod, "%d", "x"), refused(operator.mod, "%d %d", 1), refused(operator.mod, "%s", (1, 2)))
print("%(a)s %(b)d" % {"a": 1, "b": 2}, "%s" % (("t",),), "%5d|%-5s|%05d" % (3, "x", -3))
for source in ["0", "12", "-7", "-0", "007", "", "-", "+5", " 5 ", "1_0", "999999999", "1000000000", "-999999999", "5x", "--1",
               "\u0663", "12é"]:
    print(refused(int, source))
print([chr(value) for value in (97, 233, 8364, True)], refused(chr, -1), refused(chr, 0x110000), refused(chr, 2 ** 40),
      refused(chr, 2 ** 70), refused(chr, "a"))


def generated(count):
    state = 7
    out = []
    for _ in range(count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(state ^ (state << 3) | state - 2 ** 40)
    return out


print(generated(6))
limit = 2 ** 62
print(limit + limit, limit * 4, -limit - limit - 1, limit | 1, -limit & limit, -limit ^ (limit - 1), True + limit, limit & -1)
print([f"{value:>6}|{value:06x}|{value:+d}|{value:b}|{value:,}|{value:^7}|{value:=+8}" for value in (0, 5, -77, 300, 123456789)])
print([f"{value:8.2f}|{value:.0f}|{value:.3f}|{value:010.1f}" for value in (0.0, 0.5, 2.5, -1.005, 1e15, 123.456, 1e-9, 1e22)])
print("Straße É".upper(), "ÀB".lower(), "aé".upper(), "ZÉ".lower(), "\u0130".lower(), "ﬁx".upper())
