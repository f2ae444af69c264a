"""An annotation anywhere in a module or class body makes the dict, but for those in match."""


def attempt(text):
    space = {}
    try:
        exec(text, space)
        print(space.get("__annotations__"))
    except NameError as error:
        print(error)


for head in ("if 1:", "for i in (1,):", "while True:", "with open('/dev/null'):", "match 1:\n  case _:"):
    attempt(f"{head}\n   x: int = 1\n" + ("   break\n" if head.startswith("while") else ""))
attempt("try:\n x: int = 1\nexcept* ValueError:\n pass")
attempt("try:\n pass\nexcept ValueError:\n x: int")
attempt("try:\n pass\nfinally:\n x: int")
attempt("class C:\n try:\n  x: int\n except* ValueError: pass\nprint(C.__annotations__)")
for text in ("f(a,*)", "f(a, *b, *)", "f(a, *[1 >= not 1])", "f(*)", "f(a=1, *)"):
    try:
        compile(text, "f", "exec")
    except SyntaxError as error:
        print(text, error.msg, error.offset, error.end_offset)
for left in ({}, set(), frozenset(), object(), 3.5, None, range(3)):
    try:
        left *= [1]
    except TypeError as error:
        print(error)
