class Squares:
    def __getitem__(self, i):
        if i >= 4:
            raise IndexError
        return i * i


print(list(Squares()), 9 in Squares(), 5 in Squares())
a, b, *c = Squares()
print(a, b, c)


class Down:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Down(3)), max(Down(5)), sum(Down(4)), list(zip(Down(3), "ab")))
try:
    iter(5)
except TypeError as error:
    print(error)
