a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
*e, f = "abc"
print(e, f)
x = y = []
print(x is y)
i, l = 0, [0, 1, 2]
i, l[i] = 2, "zero"
print(i, l)
print([*range(3), *"ab"], {**{"a": 1}, "b": 2, **{"a": 3}}, (*[], 1), {*[1, 1]})
for wrong in (lambda: exec("a, b = 1,"), lambda: exec("a, b = 1, 2, 3"), lambda: exec("a, *b, c = [1]"),
              lambda: exec("a, b = 5")):
    try:
        wrong()
    except (ValueError, TypeError) as error:
        print(error)
for k, (v, *w) in {"q": (1, 2, 3)}.items():
    print(k, v, w)
