def f(command):
    match command:
        case 1 | -2 | "three":
            return 1
        case [first, *_, last] if first:
            return first
        case (a, [b, *rest]) | {"a": a, "b": b, **rest}:
            return rest
        case Point(0, y=other) as whole:
            return other
        case None | True:
            pass
        case Color.RED:
            pass
        case str(text) | bytes(text):
            return text
        case _:
            return command
