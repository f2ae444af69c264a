# The functions of cmath, also for parts that are infinite or no number.
import cmath
from math import inf, nan

def attempt(function, *arguments, **keywords):
    try:
        print(repr(function(*arguments, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


PARTS = (-inf, -2.5, -0.0, 0.0, 1.0, 800.0, inf, nan)
NAMES = "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh phase polar isfinite isinf isnan"


def rounded(value):
    if isinstance(value, tuple):
        return tuple(map(rounded, value))
    if isinstance(value, complex):
        return "%.10gr%+.10gi" % (value.real, value.imag)
    return "%.10g" % value


for name in NAMES.split():
    for real in PARTS:
        for imaginary in PARTS:
            try:
                print(name, real, imaginary, rounded(getattr(cmath, name)(complex(real, imaginary))))
            except Exception as error:
                print(name, real, imaginary, type(error).__name__, error)
for size in PARTS:
    for angle in PARTS:
        try:
            print(rounded(cmath.rect(size, angle)))
        except Exception as error:
            print(error)
        attempt(cmath.isclose, size, angle)
attempt(cmath.sin, "x")
attempt(cmath.sin)
attempt(cmath.rect, 1)
attempt(cmath.log)
attempt(cmath.log, 1, 2, 3)
attempt(cmath.log, 0)
attempt(cmath.log, 0, 2)
attempt(cmath.log, 8, 2)
attempt(cmath.log, 0, 0)
attempt(cmath.log, 1, 1)
attempt(cmath.isclose, 1)
attempt(cmath.isclose, 1, 2, 3)
attempt(cmath.isclose, 1, 2, rel_tol=-1)
attempt(cmath.isclose, 1, 2, x=1)
attempt(cmath.isclose, 1 + 1j, 1 + 1.0000000001j)
attempt(cmath.isclose, 1, 1.1, abs_tol=0.2)
attempt(cmath.polar, None)
attempt(cmath.rect, "a", 1)
attempt(cmath.phase, complex(20, 5e-324))


class Complex:
    def __complex__(self):
        return 3 + 4j


class Float:
    def __float__(self):
        return 4.0


class Index:
    def __index__(self):
        return 9


for value in (Complex(), Float(), Index(), True, 10**400):
    attempt(cmath.sqrt, value)
print(sorted(name for name in dir(cmath) if not name.startswith("__")))
print(cmath.infj, cmath.nanj, cmath.pi, cmath.tau, cmath.e, cmath.inf, cmath.nan)
