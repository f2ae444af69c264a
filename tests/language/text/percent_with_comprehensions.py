"""Comprehensions, generators and lambdas among the values of a text's `%`."""


def show(name, fields):
    def text(self):
        return "%s(%s)" % (name, ", ".join("%s=%r" % pair for pair in zip(fields, self)))
    return text


print(show("point", "xy")((1, 2)))
print("%s" % (list(x for x in (1, 2)),))
print("%s %5s|%-8r|" % ([x * 2 for x in range(3)], (lambda: 7)(), {x for x in "a"}))
print("%s and %s" % ({k: v for k, v in zip("ab", (1, 2))}, "%s!" % (sorted(x for x in "ba"),)))
print("%d %s" % (3, [x for x in "z"]), "%%" % (), "%s%%" % ([y for y in ()],))
