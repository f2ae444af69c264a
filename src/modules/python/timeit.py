"""How long small pieces of code take.

    python -m timeit [-n N] [-r N] [-s S] [-u U] [-p] [-v] [-h] [--] [statement]

    -n/--number N    run the statement N times; without it, as often as takes 0.2 seconds
    -r/--repeat N    measure N times (5); the best one is told
    -s/--setup S     run S once first ("pass")
    -p/--process     measure the time of the process, not the clock on the wall
    -u/--unit U      tell in nsec, usec, msec or sec
    -v/--verbose     tell every measurement; twice: with more digits
    -h/--help        print this

Several statements and setups are lines of one program. The time of the loop itself is included, and what other
programs do meanwhile too: that is why the best of several measurements is told.
"""

import gc
import itertools
import sys
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
        import linecache
        import traceback
        lines = self.src.split("\n")
        linecache.cache[dummy_src_name] = len(self.src), None, lines, dummy_src_name
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


_LONG = {"number": "n", "setup": "s", "repeat": "r", "process": "p", "verbose": "v", "unit": "u", "help": "h"}
_VALUED = "nsru"
_UNITS = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}


class _Wrong(Exception):
    pass


def _long_option(text):
    """The letter of a long option, which may be cut short, and its value if there is one."""
    name, sign, value = text.partition("=")
    found = [name] if name in _LONG else [known for known in _LONG if known.startswith(name)]
    if len(found) != 1:
        raise _Wrong(f"option --{name} not {'a unique prefix' if found else 'recognized'}")
    letter = _LONG[found[0]]
    if sign and letter not in _VALUED:
        raise _Wrong(f"option --{found[0]} must not have an argument")
    return letter, value if sign else None, f"--{found[0]}"


def _options(args):
    """The options as pairs of a letter and a value, and what stands behind them."""
    args, found = list(args), []
    while args and args[0].startswith("-") and args[0] != "-":
        text = args.pop(0)
        if text == "--":
            break
        if text.startswith("--"):
            letter, value, name = _long_option(text[2:])
        else:
            letter, value, name = text[1], text[2:] or None, text[:2]
            if letter not in _LONG.values():
                raise _Wrong(f"option {name} not recognized")
            if letter not in _VALUED and value:
                args.insert(0, "-" + value)
        if letter in _VALUED and value is None:
            if not args:
                raise _Wrong(f"option {name} requires argument")
            value = args.pop(0)
        found.append((letter, value))
    return found, args


def _told_time(seconds, unit, precision):
    if unit is None:
        unit = next((name for name in reversed(_UNITS) if seconds >= _UNITS[name]), "nsec")
    return "%.*g %s" % (precision, seconds / _UNITS[unit], unit)


def main(args=None, *, _wrap_timer=None):
    """Measure what the command line says; the result is the exit status, or None."""
    try:
        options, statements = _options(sys.argv[1:] if args is None else args)
    except _Wrong as error:
        print(error)
        print("use -h/--help for command line help")
        return 2
    given = dict(options)
    if "h" in given:
        print(__doc__, end=" ")
        return 0
    unit = given.get("u")
    if unit is not None and unit not in _UNITS:
        print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
        return 2
    number = int(given.get("n", 0))
    times = max(int(given.get("r", default_repeat)), 1)
    verbose = sum(letter == "v" for letter, _ in options)
    clock = time.process_time if "p" in given else default_timer
    if _wrap_timer is not None:
        clock = _wrap_timer(clock)
    sys.path.insert(0, ".")
    setup = "\n".join(value for letter, value in options if letter == "s") or "pass"
    timer = Timer("\n".join(statements) or "pass", setup, clock)
    precision = max(3, 2 + verbose)
    return _measure(timer, number, times, verbose, lambda seconds: _told_time(seconds, unit, precision))


def _measure(timer, number, times, verbose, told):
    def tell(number, seconds):
        print(f"{number} loop{'' if number == 1 else 's'} -> {seconds:.{max(3, 2 + verbose)}g} secs")

    try:
        if not number:
            number, _ = timer.autorange(tell if verbose else None)
            if verbose:
                print()
        raw = timer.repeat(times, number)
    except BaseException:
        timer.print_exc()
        return 1
    if verbose:
        print("raw times:", ", ".join(map(told, raw)))
        print()
    best, worst = min(raw) / number, max(raw) / number
    print(f"{number} loop{'' if number == 1 else 's'}, best of {times}: {told(best)} per loop")
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(f"The test results are likely unreliable. The worst time ({told(worst)}) was more than "
                               f"four times slower than the best time ({told(best)}).", UserWarning, "", 0)


if __name__ == "__main__":
    sys.exit(main())
