class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died", self.name)


a = Noisy("a")
a = Noisy("b")
print("rebound")
l = [Noisy("l1"), Noisy("l2")]
del l
d = {1: Noisy("d1"), 2: Noisy("d2")}
d[1] = None
d.clear()


def f():
    x = Noisy("local x")
    y = Noisy("local y")
    return "result"


print(f())
Noisy("temporary")
print("after the temporary")
t = (Noisy("t1"), [Noisy("t2")])
t = None
del a
print("end")
