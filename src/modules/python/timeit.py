"""How long small pieces of code take."""

import gc
import itertools
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

dummy_src_name = "<timeit-src>"
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter

_globals = globals


def reindent(src, indent):
    """Indent all lines after the first."""
    return src.replace("\n", "\n" + " " * indent)


class Timer:
    """Measures a statement: a text, or a function without parameters."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        local_ns = {}
        global_ns = _globals() if globals is None else globals
        init = ""
        setup_text = setup
        stmt_text = stmt
        if isinstance(setup, str):
            compile(setup, dummy_src_name, "exec")
            setup_text = reindent(setup, 4)
            prefix = setup + "\n"
        elif callable(setup):
            local_ns["_setup"] = setup
            init += ", _setup=_setup"
            prefix = ""
            setup_text = "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(prefix + stmt, dummy_src_name, "exec")
            stmt_text = reindent(stmt, 8)
        elif callable(stmt):
            local_ns["_stmt"] = stmt
            init += ", _stmt=_stmt"
            stmt_text = "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        src = (f"def inner(_it, _timer{init}):\n"
               f"    {setup_text}\n"
               f"    _t0 = _timer()\n"
               f"    for _i in _it:\n"
               f"        {stmt_text}\n"
               f"        pass\n"
               f"    _t1 = _timer()\n"
               f"    return _t1 - _t0\n")
        self.src = src
        code = compile(src, dummy_src_name, "exec")
        exec(code, global_ns, local_ns)
        self.inner = local_ns["inner"]

    def print_exc(self, file=None):
        """Print the traceback of an error in the measured code."""
        import traceback
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """The seconds that a number of runs take; the collector rests meanwhile."""
        it = itertools.repeat(None, number)
        gcold = gc.isenabled()
        gc.disable()
        try:
            return self.inner(it, self.timer)
        finally:
            if gcold:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """Measure several times: a list."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """Find a number of runs that takes at least 0.2 seconds: (number, seconds)."""
        i = 1
        while True:
            for j in 1, 2, 5:
                number = i * j
                time_taken = self.timeit(number)
                if callback:
                    callback(number, time_taken)
                if time_taken >= 0.2:
                    return number, time_taken
            i *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """Measure a statement once."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number,
           globals=None):
    """Measure a statement several times."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
