# The limit on decimal digits holds for literals as well, as it stands when they are compiled.
import sys


def attempt(limit, count):
    sys.set_int_max_str_digits(limit)
    for run, text in ((exec, f"x = 1 +\\\n  {'1' * count}"), (eval, "0x" + "1" * count), (eval, "1" * count)):
        try:
            print(limit, count, run(text) is None)
        except SyntaxError as error:
            print(limit, count, error.msg, error.lineno, error.offset)


for limit in (4300, 0, 640, 5000, 4999):
    for count in (700, 5000):
        attempt(limit, count)
sys.set_int_max_str_digits(4300)
try:
    compile("f'{" + "9" * 4301 + "}'", "file", "single")
except SyntaxError as error:
    print(error)
