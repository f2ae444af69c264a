def nothing(): pass
def two(a, b): pass
def default(a, b=1): pass
def positional_only(a, b, /): pass
def keyword_only(*, a, b): pass
def three(a, b, c): pass


class C:
    def method(self, a): pass


def attempt(call):
    try:
        call()
    except TypeError as error:
        print(error)


attempt(lambda: nothing(1))
attempt(lambda: two())
attempt(lambda: two(1))
attempt(lambda: two(1, 2, 3))
attempt(lambda: two(1, c=2))
attempt(lambda: two(1, a=2))
attempt(lambda: three())
attempt(lambda: default())
attempt(lambda: default(1, 2, 3))
attempt(lambda: positional_only(1, b=2))
attempt(lambda: keyword_only())
attempt(lambda: keyword_only(1, a=2, b=3))
attempt(lambda: C().method())
attempt(lambda: C().method(1, 2))
attempt(lambda: two(*5))
attempt(lambda: two(**5))
attempt(lambda: two(**{"a": 1}, **{"a": 2}))
attempt(lambda: two(**{1: 2}))
attempt(lambda: 5())
attempt(lambda: len())
attempt(lambda: len(1, 2))
attempt(lambda: C(1))
