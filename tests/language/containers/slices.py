# Slices with two ends: the short way of texts, lists and tuples, and the general way of everything else.
import sys


class Shows:
    def __getitem__(self, key):
        return key


class Ten:
    def __index__(self):
        return 10


def ends(row):
    big = 10 ** 30
    return [row[:], row[1:], row[:2], row[1:2], row[-2:], row[:-1], row[5:2], row[-99:99], row[big:], row[-big:big],
            row[None:None], row[True:], row[False:True], row[:Ten()], row[1:1]]


for row in ["hello", [1, 2, 3, 4, 5], (1, 2, 3, 4, 5), b"hello", bytearray(b"hello"), range(5), "", [], ()]:
    print(ends(row))
print("zé€\U0001f40d"[1:3], "zé€\U0001f40d"[:2], "zé€"[:1], sys.getsizeof("zé€"[:1]))


def general():
    shows = Shows()
    print(shows[1:2], shows[:], shows["a":], shows[1:2:3], shows[1:2, 3])
    start = object()
    found = shows[start:]
    print(found.start is start, sys.getrefcount(start), found.stop, found.step)


general()


def same():
    text, row = "hello", (1, 2)
    print(text[:] is text, text[0:5] is text, row[:] is row, row[0:9] is row, text[1:1] == "", row[1:1] == ())


same()


def refused():
    for row in ["abc", [1, 2], (1, 2), 5, {}, None]:
        try:
            row["a":]
        except TypeError as error:
            print(error)
    try:
        missing[1:2]
        missing = 1
    except UnboundLocalError as error:
        print(error)


refused()


def own(text):
    text = text[1:]
    text = text[:-1]
    return text


print(own("(text)"), own(["(", "list", ")"]), own(("(", "tuple", ")")))


class Slow(list):
    def __getitem__(self, key):
        return "mine", key


print(Slow([1])[0:1])


class Fails:
    def __index__(self):
        raise ValueError("no index")


def fails(row):
    try:
        return row[Fails():1]
    except ValueError as error:
        return str(error)


print(fails("abc"), fails([1]), fails((1,)))
exact = [1, 2, 3][0:2]
print(sys.getsizeof([1, 2, 3, 4][1:3]), exact)


class Changes:
    def __init__(self, row):
        self.row = row

    def __index__(self):
        self.row.clear()
        return 0


def changes():
    row = [1, 2, 3]
    return row[Changes(row):3]


print(changes())
