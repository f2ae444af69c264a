"""Keys of a mapping pattern that are equal, of whatever type."""


def attempt(keys):
    try:
        compile(f"match x:\n case {{{keys}}}: pass", "f", "exec")
        print(keys, "fine")
    except SyntaxError as error:
        print(keys, error.msg, error.offset, error.end_offset)


for keys in ("1: a, True: b", "1: a, 1.0: b", "0: a, False: b", "-1: a, -1.0: b", "0.0: a, -0.0: b", "'a': x, b'a': y",
             "18446744073709551616: a, 18446744073709551616.0: b", "1: a, 1.5: b", "0: a, None: b", "-0j: a", "2j: a, 2: b"):
    attempt(keys)
