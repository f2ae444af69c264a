x = "outer"
print([x for x in range(3)], x)
print([(a, b) for a in range(3) for b in range(a)], [[c for c in range(d)] for d in range(3)])
print({k: v for k, v in zip("ab", [1, 2])}, {n % 2 for n in range(5)}, [n for n in range(10) if n % 2 if n > 4])
print([y := 1, y + 1], y)
print([last := n for n in range(3)], last)


def f():
    z = 10
    return [z + i for i in range(2)], (lambda: [z for _ in "a"])()


print(f())
try:
    [undefined_name for _ in [1]]
except NameError as error:
    print(error)
