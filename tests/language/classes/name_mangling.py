class A:
    def __init__(self):
        self.__secret = 1

    def get(self):
        return self.__secret


a = A()
print(a.get(), sorted(a.__dict__))
print(hasattr(a, "__secret"), a._A__secret)
