import gc

saved = []


class Phoenix:
    def __del__(self):
        print("del")
        saved.append(self)


p = Phoenix()
del p
print(len(saved))
saved.clear()
print("gone for good", len(saved))
p = Phoenix()
p.me = p
del p
print(gc.collect(), len(saved))
saved[0].me = None
saved.clear()
print(gc.collect())
