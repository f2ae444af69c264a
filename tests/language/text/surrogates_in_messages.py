"""Names with lone surrogates come through into messages."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, ascii(str(error)))


attempt(lambda: getattr(1, "\udc80"))
attempt(lambda: getattr(type("A", (), {}), "a\ud800"))
attempt(lambda: (lambda k: k)(**{"\udc80": 1}))
attempt(lambda: {}["\udc80"])
attempt(lambda: setattr(object(), "\udfff\u20ac", 1))
