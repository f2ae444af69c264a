"""What is thrown into a generator that has not started meets none of its handlers."""


def catching():
    while True:
        try:
            yield 1
        except ValueError as e:
            print("caught", e)


g = catching()
try:
    g.throw(ValueError(7))
except ValueError as e:
    print("out", e, e.__traceback__.tb_next.tb_lineno)
print(g.gi_frame)
print(next(catching()))
