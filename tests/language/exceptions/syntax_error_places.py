"""What a SyntaxError holds: errors of the scopes have the message alone among their arguments."""


def attempt(text, mode="exec"):
    try:
        compile(text, "f", mode)
        print("fine")
    except SyntaxError as error:
        print(error.args, error.lineno, error.offset, error.text, error.end_lineno, error.end_offset)


attempt("global x\nx = 1\nglobal x")
attempt("nonlocal x")
attempt("def f(a, a): pass")
attempt("[a := 1 for a in b]")
attempt("from __future__ import braces")
attempt("from __future__ import nothing")
attempt("x = \\\n 1 +\n")
attempt("x = \\\n 1 \\\n + +\n")
attempt("(1,\n 2 3)")
attempt("return")
