n = 0


def f():
    global n, fresh
    n += 1
    fresh = "made in f"


f()
print(n, fresh, globals()["fresh"])


def g():
    a = 1
    b = 2
    return locals()


print(g())
exec("m = n + 1")
print(m, eval("m * 2", {"m": 5}))
