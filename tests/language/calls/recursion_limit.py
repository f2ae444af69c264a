import sys

sys.setrecursionlimit(150)


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


print(down(100))
try:
    down(1000)
except RecursionError as error:
    print(error)


class Loop:
    def __repr__(self):
        return repr(self)


try:
    repr(Loop())
except RecursionError as error:
    print(str(error)[:32])
