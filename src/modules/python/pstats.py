"""What a profiler has found, sorted and printed."""

import sys
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Stats", "SortKey", "FunctionProfile", "StatsProfile"]


class SortKey(StrEnum):
    """What the functions can be sorted by."""

    CALLS = "calls", "ncalls"
    CUMULATIVE = "cumulative", "cumtime"
    FILENAME = "filename", "module"
    LINE = "line"
    NAME = "name"
    NFL = "nfl"
    PCALLS = "pcalls"
    STDNAME = "stdname"
    TIME = "time", "tottime"

    def __new__(cls, *values):
        member = str.__new__(cls, values[0])
        member._value_ = values[0]
        for other in values[1:]:
            cls._value2member_map_[other] = member
        member._all_values = values
        return member


@dataclass(unsafe_hash=True)
class FunctionProfile:
    """The figures of a function."""

    ncalls: str
    tottime: float
    percall_tottime: float
    cumtime: float
    percall_cumtime: float
    file_name: str
    line_number: int


@dataclass(unsafe_hash=True)
class StatsProfile:
    """The figures of all functions, by name."""

    total_tt: float
    func_profiles: dict[str, FunctionProfile]


# The figures of a function in a row: these are its columns.
_PRIMITIVE, _CALLS, _TIME, _CUMULATIVE, _FILE, _LINE, _NAME, _STANDARD = range(8)

_ORDERS = {
    "calls": (((_CALLS, -1),), "call count"),
    "cumulative": (((_CUMULATIVE, -1),), "cumulative time"),
    "filename": (((_FILE, 1),), "file name"),
    "line": (((_LINE, 1),), "line number"),
    "name": (((_NAME, 1),), "function name"),
    "nfl": (((_NAME, 1), (_FILE, 1), (_LINE, 1)), "name/file/line"),
    "pcalls": (((_PRIMITIVE, -1),), "primitive call count"),
    "stdname": (((_STANDARD, 1),), "standard name"),
    "time": (((_TIME, -1),), "internal time"),
}
_ALSO = {"ncalls": "calls", "cumtime": "cumulative", "module": "filename", "tottime": "time"}
_NUMBERS = {-1: "stdname", 0: "calls", 1: "time", 2: "cumulative"}


class Stats:
    """Figures of one or more profilers."""

    sort_arg_dict_default = _ORDERS | {name: _ORDERS[of] for name, of in _ALSO.items()}

    def __init__(self, *args, stream=None):
        self.stream = stream or sys.stdout
        self.files = []
        self.fcn_list = None
        self.all_callees = None
        self.max_name_len = 0
        self.total_calls = self.prim_calls = 0
        self.total_tt = 0
        self.stats = {}
        self.sort_type = ""
        self.top_level = set()
        self.add(*args)

    def add(self, *arg_list):
        """Add the figures of others."""
        for other in arg_list:
            if not isinstance(other, Stats):
                other = self._loaded(other)
            else:
                other = other.stats
            for function, figures in other.items():
                self._add_function(function, figures)
        return self

    def _loaded(self, source):
        if isinstance(source, str):
            raise ValueError("profiles cannot be read from files")
        if not hasattr(source, "create_stats"):
            raise TypeError(f"Cannot create or construct a {self.__class__!r} object from {source!r}")
        source.create_stats()
        return source.stats

    def _add_function(self, function, figures):
        primitive, calls, own, cumulative, callers = figures
        self.total_calls += calls
        self.prim_calls += primitive
        self.total_tt += own
        self.fcn_list = self.all_callees = None
        self.max_name_len = max(self.max_name_len, len(func_std_string(function)))
        if function in self.stats:
            before = self.stats[function]
            sums = tuple(a + b for a, b in zip(before[:4], figures[:4]))
            self.stats[function] = sums + (add_callers(before[4], callers),)
        else:
            self.stats[function] = primitive, calls, own, cumulative, dict(callers)

    def strip_dirs(self):
        """Leave the folders of the files out."""
        old, self.stats = self.stats, {}
        self.fcn_list = self.all_callees = None
        self.max_name_len = 0
        for function, (primitive, calls, own, cumulative, callers) in old.items():
            short = func_strip_path(function)
            self.max_name_len = max(self.max_name_len, len(func_std_string(short)))
            renamed = {func_strip_path(caller): value for caller, value in callers.items()}
            figures = primitive, calls, own, cumulative
            if short in self.stats:
                before = self.stats[short]
                figures = tuple(a + b for a, b in zip(before[:4], figures))
                renamed = add_callers(before[4], renamed)
            self.stats[short] = figures + (renamed,)
        return self

    def get_sort_arg_defs(self):
        """The orders by every beginning of a name that means one of them only."""
        found = {}
        for name, order in self.sort_arg_dict_default.items():
            for end in range(1, len(name) + 1):
                if name[:end] in found and end < len(name):
                    found[name[:end]] = None
                elif found.get(name[:end], order) is not None or end == len(name):
                    found[name[:end]] = order
        return {name: order for name, order in found.items() if order is not None}

    def sort_stats(self, *field):
        """Choose the order."""
        if not field:
            self.fcn_list = None
            return self
        if len(field) == 1 and isinstance(field[0], int):
            field = [_NUMBERS[field[0]]]
        elif len(field) >= 2:
            for other in field[1:]:
                if type(other) != type(field[0]):
                    raise TypeError("Can't have mixed argument type")
        orders = self.get_sort_arg_defs()
        columns, names = (), []
        for word in field:
            if isinstance(word, SortKey):
                word = word.value
            columns += orders[word][0]
            names.append(orders[word][1])
        self.sort_type = ", ".join(names)
        rows = [figures[:4] + function + (func_std_string(function), function)
                for function, figures in self.stats.items()]
        for column, direction in reversed(columns):
            rows.sort(key=lambda row: row[column], reverse=direction < 0)
        self.fcn_list = [row[-1] for row in rows]
        return self

    def reverse_order(self):
        """Turn the order around."""
        if self.fcn_list:
            self.fcn_list.reverse()
        return self

    def calc_callees(self):
        """Find out whom each function has called."""
        if self.all_callees:
            return
        self.all_callees = {function: {} for function in self.stats}
        for function, figures in self.stats.items():
            for caller, value in figures[4].items():
                self.all_callees.setdefault(caller, {})[function] = value

    def eval_print_amount(self, sel, list, msg):
        """The part of the list that a number, a share or a text selects."""
        chosen = list
        if isinstance(sel, str):
            chosen = [function for function in list if sel in func_std_string(function)]
        elif isinstance(sel, float) and 0.0 <= sel < 1.0:
            chosen = list[:int(len(list) * sel + 0.5)]
        elif isinstance(sel, int) and 0 <= sel < len(list):
            chosen = list[:sel]
        if len(list) != len(chosen):
            msg += f"   List reduced from {len(list)!r} to {len(chosen)!r} due to restriction <{sel!r}>\n"
        return chosen, msg

    def get_stats_profile(self):
        """The figures as objects."""
        functions = self.fcn_list[:] if self.fcn_list else list(self.stats)
        profiles = {}
        for function in functions:
            primitive, calls, own, cumulative, _ = self.stats[function]
            profiles[function[2]] = FunctionProfile(
                _count(calls, primitive), float(f"{own:.3f}"), float(f"{own / calls:.3f}") if calls else 0.0,
                float(f"{cumulative:.3f}"), float(f"{cumulative / primitive:.3f}") if primitive else 0.0,
                function[0], function[1])
        return StatsProfile(float(f"{self.total_tt:.3f}"), profiles)

    def get_print_list(self, sel_list):
        """The functions that are to be printed, after the lines above them."""
        if self.fcn_list:
            functions = self.fcn_list[:]
            message = f"   Ordered by: {self.sort_type}\n"
        else:
            functions = list(self.stats)
            message = "   Random listing order was used\n"
        for selection in sel_list:
            functions, message = self.eval_print_amount(selection, functions, message)
        if not functions:
            return 0, functions
        self._print(message)
        width = self.max_name_len
        if len(functions) < len(self.stats):
            width = max(len(func_std_string(function)) for function in functions)
        return width + 2, functions

    def _print(self, *parts, **how):
        print(*parts, file=self.stream, **how)

    def print_stats(self, *amount):
        """Print the figures of the functions, or of those that are selected."""
        for name in self.files:
            self._print(name)
        if self.files:
            self._print()
        self._print(" " * 8, self.total_calls, "function calls", end=" ")
        if self.total_calls != self.prim_calls:
            self._print(f"({self.prim_calls:d} primitive calls)", end=" ")
        self._print(f"in {self.total_tt:.3f} seconds")
        self._print()
        width, functions = self.get_print_list(amount)
        if functions:
            self.print_title()
            for function in functions:
                self.print_line(function)
            self._print()
            self._print()
        return self

    def print_callees(self, *amount):
        """Print whom the functions have called."""
        width, functions = self.get_print_list(amount)
        if functions:
            self.calc_callees()
            self.print_call_heading(width, "called...")
            for function in functions:
                self.print_call_line(width, function, self.all_callees.get(function, {}))
            self._print()
            self._print()
        return self

    def print_callers(self, *amount):
        """Print who has called the functions."""
        width, functions = self.get_print_list(amount)
        if functions:
            self.print_call_heading(width, "was called by...")
            for function in functions:
                self.print_call_line(width, function, self.stats[function][4], "<-")
            self._print()
            self._print()
        return self

    def print_call_heading(self, name_size, column_title):
        """Print the lines above callers or callees."""
        self._print("Function ".ljust(name_size) + column_title)
        if any(isinstance(value, tuple) for figures in self.stats.values() for value in figures[4].values()):
            self._print(" " * name_size + "    ncalls  tottime  cumtime")

    def print_call_line(self, name_size, source, call_dict, arrow="->"):
        """Print the callers or callees of a function."""
        self._print(func_std_string(source).ljust(name_size) + arrow, end=" ")
        if not call_dict:
            self._print()
            return
        indent = ""
        for function in sorted(call_dict):
            calls, primitive, own, cumulative = call_dict[function]
            counts = _count(calls, primitive)
            left = " " * (3 + len(arrow) - len(arrow) - 3)
            self._print(f"{indent}{left}{counts.rjust(7)} {f8(own)} {f8(cumulative)}  {func_std_string(function)}")
            indent = " " * (name_size + 3)

    def print_line(self, func):
        """Print the figures of a function."""
        primitive, calls, own, cumulative, _ = self.stats[func]
        each = f8(own / calls) if calls else " " * 8
        each_whole = f8(cumulative / primitive) if primitive else " " * 8
        self._print(_count(calls, primitive).rjust(9), f8(own), each, f8(cumulative), each_whole,
                    func_std_string(func))

    def print_title(self):
        """Print the line above the figures."""
        self._print("   ncalls  tottime  percall  cumtime  percall", end=" ")
        self._print("filename:lineno(function)")


def _count(calls, primitive):
    return str(calls) if calls == primitive else f"{calls}/{primitive}"


def f8(x):
    """A time in eight columns."""
    return "%8.3f" % x


def func_strip_path(func_name):
    """A function without the folder of its file."""
    filename, line, name = func_name
    return filename.rpartition("/")[2], line, name


def func_std_string(func_name):
    """A function as the report shows it."""
    if func_name[:2] == ("~", 0):
        name = func_name[2]
        if name.startswith("<") and name.endswith(">"):
            return "{%s}" % name[1:-1]
        return name
    return "%s:%d(%s)" % func_name


def add_callers(target, source):
    """Both sets of callers together."""
    result = dict(target)
    for function, value in source.items():
        before = result.get(function)
        result[function] = value if before is None else tuple(a + b for a, b in zip(before, value))
    return result
