"""break, continue and return in except* are refused, in loops and outside."""


def attempt(text):
    try:
        compile(text, "f", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.msg, error.lineno)


attempt("try: pass\nexcept* ValueError as e:\n  break")
attempt("try: pass\nexcept* ValueError:\n  break")
attempt("while 1:\n  try: pass\n  except* ValueError as e:\n    continue")
attempt("try: pass\nexcept* ValueError as e:\n  while 1: break")
attempt("lambda a=, b=1: 2")
attempt("lambda a=: 2")
attempt("def f(*a: *b=1): pass")
