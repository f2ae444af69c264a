# What an extended slice replaces dies in order, when the list is whole.
class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, [getattr(item, "name", item) for item in items])


items = [Loud(i) for i in range(5)]
items[::2] = ["a", "b", "c"]
print(len(items))
items[::-3] = (Loud("x"), Loud("y"))
print([getattr(item, "name", item) for item in items])
try:
    items[::2] = [1]
except ValueError as error:
    print(error)
numbers = list(range(10))
numbers[1::2] = numbers[::2]
numbers[::-1] = numbers
print(numbers)
items.clear()
