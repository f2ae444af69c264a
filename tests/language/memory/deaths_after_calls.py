# When a call is over the callee goes first, then the arguments in order.
class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("~" + self.name, end=" ")

    def __call__(self, *things, **named):
        return None


def function(*things, **named):
    pass


CALLS = [
    lambda: Told("f")(Told("a"), Told("b")),
    lambda: Told("f")(Told("a"), x=Told("b")),
    lambda: Told("f")(*[Told("a"), Told("b")]),
    lambda: Told("f")(*[Told("a"), Told("b")], **{"x": Told("c")}),
    lambda: Told("f")(**{"x": Told("c")}),
    lambda: Told("f").__call__(Told("a"), Told("b")),
    lambda: Told("f").__call__(*[Told("a"), Told("b")]),
    lambda: function(Told("a"), *[Told("b")], x=Told("c")),
    lambda: len.__call__([Told("a")]),
    lambda: [].append(Told("a")),
    lambda: type("Class", (), {"held": Told("a")})(),
]
for number, call in enumerate(CALLS):
    call()
    print(number)
