"""A member of __slots__ that stands in another class refuses its instances every time, not the first time only."""


class Owner:
    __slots__ = ("room",)


class Borrower:
    __slots__ = ("own",)
    lent = Owner.room


class Heir(Owner):
    __slots__ = ()
    other = Owner.room


def attempt(action, thing):
    try:
        return action(thing)
    except TypeError as error:
        return f"TypeError: {error}"


def read(thing):
    return thing.lent


def write(thing):
    thing.lent = 1


def remove(thing):
    del thing.lent


borrower = Borrower()
borrower.own = "mine"
for action in (read, write, remove):
    answers = {attempt(action, borrower) for _ in range(50)}
    print(action.__name__, answers, borrower.own)

heir = Heir()
heir.room = 5
print({heir.other for _ in range(50)}, {heir.room for _ in range(50)})
