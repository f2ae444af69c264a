# A class of exceptions whose __new__ makes something else is a TypeError where it is raised or thrown.
class Strange(Exception):
    def __new__(cls, *args, **kwargs):
        return cls


def generator():
    try:
        yield
    except TypeError as error:
        print("inside", error)
        yield 2


for throw in (lambda g: g.throw(Strange), lambda g: g.throw(Strange, 5), lambda g: g.throw(Strange, (1, 2))):
    running = generator()
    next(running)
    try:
        print(throw(running))
    except TypeError as error:
        print("outside", error)
    print(list(running))
try:
    raise Strange
except TypeError as error:
    print(error)

# A lambda that yields returns its value.
running = (lambda: (yield 1))()
print(next(running))
try:
    running.send(2)
except StopIteration as stop:
    print(stop.value)


# A delegate whose attributes cannot be read does not stop the generator from being closed.
class Broken:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __getattr__(self, name):
        1 / 0


def delegating():
    yield from Broken()


running = delegating()
print(next(running))
try:
    running.throw(AttributeError)
except ZeroDivisionError as error:
    print(error)
