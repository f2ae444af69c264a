class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("died", self.name)

    def __add__(self, other):
        return Noisy(self.name + other.name)

    def get(self):
        return self.name


r = Noisy("a") + Noisy("b") + Noisy("c")
print(r.name)
print(Noisy("x").get(), Noisy("y").get())
print([Noisy("in list")][0].name, "taken")
v = Noisy("p") and Noisy("q")
print("bool done")
for n in [Noisy("1"), Noisy("2")]:
    print("loop", n.name)
n = None
print("end")
