for action in (
        lambda: 1 / 0, lambda: 1 % 0, lambda: 1.0 // 0, lambda: [][0], lambda: {}["k"], lambda: int("x"),
        lambda: float("y"), lambda: "a" + 1, lambda: 1 + "a", lambda: [] + (), lambda: None.x, lambda: None[0],
        lambda: None(), lambda: undefined, lambda: (1, 2)[5], lambda: "abc"[9], lambda: {[]: 1}, lambda: {1: 2}[[]],
        lambda: [1, 2].index(3), lambda: [].pop(), lambda: {}.popitem(), lambda: set().pop(), lambda: next(iter([])),
        lambda: chr(-1), lambda: ord("ab"), lambda: int([]), lambda: [1][None], lambda: "x" * "y", lambda: -"a",
        lambda: 1 < "a", lambda: len(5), lambda: iter(5), lambda: isinstance(1, 2), lambda: [3, "a"].sort(),
        lambda: "a".join([1]), lambda: b"a" + "b", lambda: int("9" * 5000), lambda: range(1, 2, 0),
        lambda: 2 ** -1 << -1, lambda: setattr(1, "x", 2), lambda: [].remove(1), lambda: (1).__add__()):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, "-", error)
