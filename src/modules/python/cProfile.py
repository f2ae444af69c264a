"""A profiler: how often functions are called, by whom, and how long they take."""

import sys
from time import perf_counter

__all__ = ["run", "runctx", "Profile"]


def run(statement, filename=None, sort=-1):
    """Profile a statement in the namespace of the program, and print what was found."""
    import __main__
    names = __main__.__dict__
    runctx(statement, names, names, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """The same in other namespaces."""
    if filename is not None:
        raise ValueError("profiles cannot be written to files")
    profile = Profile()
    try:
        profile.runctx(statement, globals, locals)
    except SystemExit:
        pass
    profile.print_stats(sort)


def label(code):
    """What the statistics call a function: file, line and name."""
    if isinstance(code, str):
        return "~", 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


def _native_name(function):
    owner, name = function.__self__, function.__name__
    if isinstance(owner, type(sys)) or owner is None:
        return f"<built-in method {function.__module__}.{name}>"
    found = getattr(type(owner), name, None)
    return f"<built-in method {name}>" if found is None else repr(found)


class _Entry:
    """The figures of a function, and of those that it has called."""

    __slots__ = ("code", "callcount", "reccallcount", "totaltime", "inlinetime", "depth", "callees")

    def __init__(self, code):
        self.code = code
        self.callcount = self.reccallcount = self.depth = 0
        self.totaltime = self.inlinetime = 0.0
        self.callees = None

    @property
    def calls(self):
        return list(self.callees.values()) if self.callees else None

    def ended(self, total, inline):
        """A call has ended; of calls within calls only the outermost one takes time in all."""
        self.depth -= 1
        if self.depth == 0:
            self.totaltime += total
        else:
            self.reccallcount += 1
        self.inlinetime += inline
        self.callcount += 1


class Profile:
    """Collects figures between enable() and disable()."""

    def __init__(self, timer=perf_counter, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = timer
        self._unit = timeunit or 1
        self._subcalls = subcalls
        self._builtins = builtins
        self.clear()

    def clear(self):
        """Forget all figures."""
        self._entries = {}
        self._running = []

    def enable(self, subcalls=True, builtins=True):
        """Begin to collect."""
        self._subcalls, self._builtins = subcalls, builtins
        sys.setprofile(self._notice)

    def disable(self):
        """Collect no more."""
        sys.setprofile(None)
        # What has begun and not ended ends here.
        while self._running:
            self._end(self._running[-1][0].code)

    def _notice(self, frame, event, argument):
        if event == "call":
            code = frame.f_code
            if code is _DISABLE:
                code = "<method 'disable' of '_lsprof.Profiler' objects>"
                self._begin(code, code)
                self._end(code)
            elif code is not _ENABLE:
                self._begin(code, code)
        elif event == "return":
            self._end(frame.f_code)
        elif self._builtins and frame.f_code is not _DISABLE:
            name = _native_name(argument)
            self._begin(name, name) if event == "c_call" else self._end(name)

    def _begin(self, key, code):
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(code)
        entry.depth += 1
        sub = None
        if self._subcalls and self._running:
            caller = self._running[-1][0]
            if caller.callees is None:
                caller.callees = {}
            sub = caller.callees.get(key)
            if sub is None:
                sub = caller.callees[key] = _Entry(code)
            sub.depth += 1
        self._running.append([entry, sub, 0.0, self._timer()])

    def _end(self, code):
        now = self._timer()
        if not self._running or self._running[-1][0].code != code:
            return
        entry, sub, inside, begin = self._running.pop()
        total = (now - begin) * self._unit
        inline = total - inside
        if self._running:
            self._running[-1][2] += total
        entry.ended(total, inline)
        if sub is not None:
            sub.ended(total, inline)

    def getstats(self):
        """The figures of every function that was called."""
        return [entry for entry in self._entries.values() if entry.callcount]

    def create_stats(self):
        """Stop, and put the figures together for pstats."""
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Put the figures together for pstats."""
        self.stats = {}
        callers_of = {}
        entries = self.getstats()
        for entry in entries:
            callers = callers_of[entry.code] = {}
            self.stats[label(entry.code)] = (entry.callcount - entry.reccallcount, entry.callcount,
                                             entry.inlinetime, entry.totaltime, callers)
        for entry in entries:
            for sub in entry.calls or ():
                if sub.callcount and sub.code in callers_of:
                    callers_of[sub.code][label(entry.code)] = (
                        sub.callcount, sub.callcount - sub.reccallcount, sub.inlinetime, sub.totaltime)

    def print_stats(self, sort=-1):
        """Print the figures."""
        import pstats
        pstats.Stats(self).strip_dirs().sort_stats(sort).print_stats()

    def run(self, cmd):
        """Profile a statement in the namespace of the program."""
        import __main__
        names = __main__.__dict__
        return self.runctx(cmd, names, names)

    def runctx(self, cmd, globals, locals):
        """The same in other namespaces."""
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(self, func, /, *args, **kw):
        """Profile a call, and give its result."""
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()


_ENABLE, _DISABLE = Profile.enable.__code__, Profile.disable.__code__
