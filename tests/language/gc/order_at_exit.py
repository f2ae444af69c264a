# What is alive at the end dies in the order of the collection that precedes the end of the modules.
class Teller:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


pair = Teller("first of a pair"), Teller("second of a pair")
last = Teller("last")
print("end")
