# Every reference to an object is a row with its place, and the rows add up to the count.
import glass
import sys
import weakref


def places(obj):
    report = glass.owners(obj)
    # The list of arguments of this function holds the object once more, as does the call of owners.
    found = [row.place for row in report.rows]
    assert sum(row.count for row in report.rows) == sys.getrefcount(obj), report
    return found


def plain(place):
    words = []
    for word in place.split(" "):
        if "0x" in word:
            start = word.index("0x")
            end = start + 2
            while end < len(word) and word[end] in "0123456789abcdef":
                end += 1
            word = word[:start] + "0x…" + word[end:]
        words.append(word)
    return " ".join(words)


def show(title, obj):
    print(title)
    # Holders of one kind stand in the order of their addresses, which a collection at another moment changes.
    for place in sorted([plain(place) for place in places(obj)]):
        if "local obj in" not in place:
            print("   ", place)


class Node:
    pass


class Slotted:
    __slots__ = ("held", "__weakref__")


def in_list():
    return [None, Node()]


row = in_list()
show("an item of a list", row[1])

pair = (Node(), 1)
show("an item of a tuple", pair[0])

table = {"key": Node(), Node: 1}
show("a value of a dict", table["key"])
show("a class that is a key, too", Node)

members = {"a text of its own!"}
for member in members:
    show("an element of a set", member)
del member

node = Node()
node.next = Node()
show("an attribute", node.next)

other = Node()
other.__dict__["next"] = Node()
show("an attribute in a dict", other.next)

slotted = Slotted()
slotted.held = Node()
show("a member", slotted.held)

Node.shared = Slotted()
show("an attribute of a class", Node.shared)
del Node.shared


def with_defaults(a, b=Node(), *, c=Slotted()):
    return b, c


show("a default argument", with_defaults.__defaults__[0])
show("a default argument by keyword", with_defaults.__kwdefaults__["c"])


def make_closure():
    kept = Node()

    def inner():
        return kept

    return inner


closure = make_closure()
show("what a closure keeps", closure.__closure__[0].cell_contents)
show("a cell", closure.__closure__[0])


def generator(argument):
    mine = [argument]
    yield 1
    yield mine


suspended = generator(Node())
next(suspended)
show("what a suspended generator holds", suspended.gi_frame.f_locals["argument"])

bound = Slotted().__reduce_ex__
show("self of a bound method", bound.__self__)

numbers = [10, 20, 30]
walk = iter(numbers)
show("what an iterator walks over", numbers)

try:
    raise ValueError(Node())
except ValueError as error:
    caught = error
show("an argument of an exception", caught.args[0])
show("a traceback", caught.__traceback__)

try:
    try:
        raise KeyError("first")
    except KeyError:
        raise ValueError("second")
except ValueError as error:
    context = error.__context__
    error.__cause__ = context
    show("context and cause", context)
del context

referent = Slotted()
reference = weakref.ref(referent)
proxy = weakref.proxy(referent)
show("weak references do not count", referent)
watched = weakref.ref(row[1], with_defaults)
show("a callback", with_defaults)


def caller():
    local = Node()
    cell = Slotted()

    def uses():
        return cell

    show("a local", local)
    show("a variable in a cell", cell)
    return [show("a temporary", thing) for thing in [Node()]]


caller()
show("a module", weakref)
show("the table of modules", sys.modules)


async def coroutine(argument):
    await Awaited()


class Awaited:
    def __await__(self):
        yield 1


waiting = coroutine(Slotted())
waiting.send(None)
show("what a suspended coroutine holds", waiting.cr_frame.f_locals["argument"])
waiting.close()
print("in the middle of a comparison")


class Equal:
    def __eq__(self, other):
        show("an operand", other)
        return True


Equal() == Node()
Equal() in [Node()]
