"""What sys.unraisablehook is told, and what happens where it is missing or fails."""

import io
import sys


class Fails:
    def __del__(self):
        1 / 0


def ignores():
    try:
        yield
    except GeneratorExit:
        yield


told = []
sys.unraisablehook = lambda record: told.append(
    (record.exc_type.__name__, str(record.exc_value), record.err_msg, record.exc_traceback is not None))
Fails()
generator = ignores()
next(generator)
del generator
print(*told, sep="\n")


def broken(record):
    raise KeyError("in the hook")


def written(hook):
    sys.stderr = io.StringIO()
    sys.unraisablehook = hook
    Fails()
    text, sys.stderr = sys.stderr.getvalue(), sys.__stderr__
    return [line for line in text.splitlines() if not line.startswith("  ") and " at 0x" not in line]


for hook in (sys.__unraisablehook__, broken, None):
    print(written(hook))
del sys.unraisablehook
sys.stderr = io.StringIO()
Fails()
print(sys.stderr.getvalue().splitlines()[-1])
