"""Looking at live objects: what kind they are, their members, source, parameters and frames."""

import abc
import builtins
import linecache
import os
import sys
import types
from collections import OrderedDict, namedtuple
from enum import IntEnum
from keyword import iskeyword

__all__ = [
    "ArgInfo", "Arguments", "Attribute", "BlockFinder", "BoundArguments", "CO_ASYNC_GENERATOR",
    "CO_COROUTINE", "CO_GENERATOR", "CO_ITERABLE_COROUTINE", "CO_NESTED", "CO_NEWLOCALS", "CO_NOFREE", "CO_OPTIMIZED",
    "CO_VARARGS", "CO_VARKEYWORDS", "ClosureVars", "CORO_CLOSED", "CORO_CREATED",
    "CORO_RUNNING", "CORO_SUSPENDED", "FrameInfo", "FullArgSpec", "GEN_CLOSED", "GEN_CREATED", "GEN_RUNNING",
    "GEN_SUSPENDED", "Parameter", "Signature", "TPFLAGS_IS_ABSTRACT", "Traceback", "classify_class_attrs", "cleandoc",
    "currentframe", "findsource", "formatannotation", "formatannotationrelativeto", "formatargvalues",
    "get_annotations", "getabsfile", "getargs", "getargvalues", "getattr_static", "getblock", "getcallargs",
    "getclasstree", "getclosurevars", "getcomments", "getcoroutinelocals", "getcoroutinestate", "getdoc", "getfile",
    "getframeinfo", "getfullargspec", "getgeneratorlocals", "getgeneratorstate", "getinnerframes", "getlineno",
    "getmembers", "getmembers_static", "getmodule", "getmodulename", "getmro", "getouterframes", "getsource",
    "getsourcefile", "getsourcelines", "indentsize", "isabstract", "isasyncgen", "isasyncgenfunction", "isawaitable",
    "isbuiltin", "isclass", "iscode", "iscoroutine", "iscoroutinefunction", "isdatadescriptor", "isframe",
    "isfunction", "isgenerator", "isgeneratorfunction", "isgetsetdescriptor", "ismemberdescriptor", "ismethod",
    "ismethoddescriptor", "ismethodwrapper", "ismodule", "isroutine", "istraceback", "signature", "stack", "trace",
    "unwrap", "walktree",
]

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS = 1, 2, 4, 8
CO_NESTED, CO_GENERATOR, CO_NOFREE, CO_COROUTINE = 16, 32, 64, 128
CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20

_NonUserDefinedCallables = (types.WrapperDescriptorType, types.MethodWrapperType, types.ClassMethodDescriptorType,
                            types.BuiltinFunctionType)


# --- Kinds of objects

def ismodule(object):
    """Whether it is a module."""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Whether it is a class."""
    return isinstance(object, type)


def ismethod(object):
    """Whether it is a method bound to an object, written in Python."""
    return isinstance(object, types.MethodType)


def ismethoddescriptor(object):
    """Whether it has __get__ but no __set__, and is neither a method, a function nor a class."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__get__") and not hasattr(kind, "__set__")


def isdatadescriptor(object):
    """Whether it has __set__ or __delete__."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__set__") or hasattr(kind, "__delete__")


def ismemberdescriptor(object):
    """Whether it is a member of __slots__ or of a native type."""
    return isinstance(object, types.MemberDescriptorType)


def isgetsetdescriptor(object):
    """Whether it is a computed attribute of a native type."""
    return isinstance(object, types.GetSetDescriptorType)


def isfunction(object):
    """Whether it is a function written in Python."""
    return isinstance(object, types.FunctionType)


def _has_code_flag(function, flag):
    from functools import partial
    while ismethod(function):
        function = function.__func__
    while isinstance(function, partial):
        function = function.func
    return isfunction(function) and bool(function.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Whether a call of it makes a generator."""
    return _has_code_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    """Whether it is defined with async def, and is no generator."""
    return _has_code_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    """Whether a call of it makes an asynchronous generator."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isasyncgen(object):
    """Whether it is an asynchronous generator."""
    return isinstance(object, types.AsyncGeneratorType)


def isgenerator(object):
    """Whether it is a generator."""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Whether it is a coroutine."""
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    """Whether await takes it."""
    return (isinstance(object, types.CoroutineType)
            or isinstance(object, types.GeneratorType) and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
            or hasattr(type(object), "__await__"))


def istraceback(object):
    """Whether it is a traceback."""
    return isinstance(object, types.TracebackType)


def isframe(object):
    """Whether it is a frame."""
    return isinstance(object, types.FrameType)


def iscode(object):
    """Whether it is a code object."""
    return isinstance(object, types.CodeType)


def isbuiltin(object):
    """Whether it is a native function, or a native method bound to an object."""
    return isinstance(object, types.BuiltinFunctionType)


def ismethodwrapper(object):
    """Whether it is a native slot bound to an object."""
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    """Whether it is a function or method of any kind."""
    return (isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)
            or ismethodwrapper(object))


def isabstract(object):
    """Whether it is an abstract class: one with methods still to be written."""
    if not isinstance(object, type):
        return False
    return issubclass(type(object), abc.ABCMeta) and bool(getattr(object, "__abstractmethods__", None))


# --- Members

def _members(object, predicate, getter):
    names = dir(object)
    mro = getmro(object) if isclass(object) else ()
    if mro:
        for base in object.__bases__:
            names += [name for name, value in base.__dict__.items()
                      if isinstance(value, types.DynamicClassAttribute) and name not in names]
    results = []
    done = set()
    for name in names:
        try:
            value = getter(object, name)
            if name in done:
                raise AttributeError
        except AttributeError:
            for base in mro:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if not predicate or predicate(value):
            results.append((name, value))
        done.add(name)
    results.sort(key=lambda pair: pair[0])
    return results


def getmembers(object, predicate=None):
    """All members as pairs of name and value, sorted by name."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """The same without asking descriptors, __getattr__ or __getattribute__."""
    return _members(object, predicate, getattr_static)


Attribute = namedtuple("Attribute", "name kind defining_class object")


def classify_class_attrs(cls):
    """Every attribute of a class with its kind and the class that defines it."""
    mro = getmro(cls)
    line = tuple(base for base in getmro(type(cls)) if base not in (type, object))
    result = []
    for name in sorted(set(dir(cls))):
        if name == "__dict__":
            value, home = cls.__dict__, None
        else:
            home = next((base for base in mro + line if name in base.__dict__), None)
            if home is None:
                continue
            value = home.__dict__[name]
        if isinstance(value, (staticmethod, types.BuiltinMethodType)):
            kind = "static method"
        elif isinstance(value, (classmethod, types.ClassMethodDescriptorType)):
            kind = "class method"
        elif isinstance(value, property):
            kind = "property"
        else:
            kind = "method" if isroutine(value) else "data"
        result.append(Attribute(name, kind, home, value))
    return result


def getmro(cls):
    """The classes in which attributes are looked up, in order."""
    return cls.__mro__


def unwrap(func, *, stop=None):
    """What a chain of __wrapped__ attributes leads to."""
    first = func
    seen = {id(first): first}
    limit = sys.getrecursionlimit()
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen[id(func)] = func
    return func


_missing = object()


def _static_lookup(classes, name):
    for base in classes:
        found = type.__dict__["__dict__"].__get__(base).get(name, _missing)
        if found is not _missing:
            return found
    return _missing


def getattr_static(obj, attr, default=_missing):
    """An attribute as it is stored, without asking descriptors or __getattr__."""
    own = _missing
    if isinstance(obj, type):
        classes = type(obj).__mro__
        own = _static_lookup(obj.__mro__, attr)
    else:
        classes = type(obj).__mro__
        if any(isinstance(type.__dict__["__dict__"].__get__(base).get("__dict__"), types.GetSetDescriptorType)
               for base in classes) or ismodule(obj):
            own = object.__getattribute__(obj, "__dict__").get(attr, _missing)
    on_class = _static_lookup(classes, attr)
    if own is not _missing and on_class is not _missing and not isinstance(obj, type):
        kind = type(on_class)
        if hasattr(kind, "__get__") and (hasattr(kind, "__set__") or hasattr(kind, "__delete__")):
            return on_class
    for found in (own, on_class, default):
        if found is not _missing:
            return found
    raise AttributeError(attr)


def getclasstree(classes, unique=False):
    """The classes as nested lists by inheritance."""
    children = {}
    roots = []
    for kind in classes:
        if kind.__bases__:
            for parent in kind.__bases__:
                if kind not in children.setdefault(parent, []):
                    children[parent].append(kind)
                if unique and parent in classes:
                    break
        elif kind not in roots:
            roots.append(kind)
    roots += [parent for parent in children if parent not in classes]
    return walktree(roots, children, None)


def walktree(classes, children, parent):
    """What getclasstree makes of the children of each class."""
    results = []
    classes.sort(key=lambda kind: (kind.__module__, kind.__name__))
    for kind in classes:
        results.append((kind, kind.__bases__))
        if kind in children:
            results.append(walktree(children[kind], children, kind))
    return results


# --- Documentation and source

def cleandoc(doc):
    """A documentation without the indentation that its lines share."""
    lines = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def _inherited_doc(object):
    if isclass(object):
        docs = (base.__doc__ for base in object.__mro__ if base is not builtins.object)
        return next((doc for doc in docs if doc is not None), None)
    if ismethod(object):
        name, owner = object.__func__.__name__, object.__self__
        if not isclass(owner):
            owner = type(owner)
    elif isinstance(object, property):
        name, owner = object.fget.__name__, _class_of(object.fget)
    elif isfunction(object):
        name, owner = object.__name__, _class_of(object)
    else:
        return None
    for base in owner.__mro__ if owner is not None else ():
        doc = getattr(base.__dict__.get(name), "__doc__", None)
        if doc is not None:
            return doc
    return None


def _class_of(function):
    found = sys.modules.get(function.__module__)
    for name in function.__qualname__.split(".")[:-1]:
        found = getattr(found, name, None)
    return found if isclass(found) else None


def getdoc(object):
    """The documentation with its indentation taken off; that of a base class where there is none."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None or isclass(object) and "__doc__" not in object.__dict__:
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def getfile(object):
    """The file that an object comes from."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
        if object.__module__ == "__main__":
            raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got "
                    f"{type(object).__name__}")


def getmodulename(path):
    """The name of the module in a file, or None."""
    name = os.path.basename(path)
    return name[:-3] if name.endswith(".py") and len(name) > 3 else None


def getsourcefile(object):
    """The file with the source of an object, or None."""
    filename = getfile(object)
    if os.path.exists(filename) or filename in linecache.cache:
        return filename
    return None


def getabsfile(object, _filename=None):
    """The absolute path of the file that an object comes from."""
    return os.path.normcase(os.path.abspath(_filename or getsourcefile(object) or getfile(object)))


def getmodule(object, _filename=None):
    """The module that defines an object, or None."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        filename = _filename or getfile(object)
    except (TypeError, OSError):
        return None
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) == filename:
            return module
    name = getattr(object, "__name__", None)
    for module in (sys.modules["__main__"], builtins):
        if name is not None and getattr(module, name, None) is object:
            return module
    return None


def _indentation(line):
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def _class_line(lines, qualname):
    """The number of the first line of a class, with its decorators."""
    around = []
    decorated = None
    found = None
    for number, line in enumerate(_logical_starts(lines)):
        if line is None:
            continue
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        depth = _indentation(line)
        while around and around[-1][0] >= depth:
            around.pop()
        if words[0].startswith("@"):
            decorated = number if decorated is None else decorated
            continue
        if words[0] == "async":
            del words[0]
        if words[0] in ("class", "def"):
            name = words[1].split("(")[0].rstrip(":") if len(words) > 1 else ""
            around.append((depth, name))
            if words[0] == "class" and ".".join(each for _, each in around) == qualname:
                found = number if decorated is None else decorated
            if words[0] == "def":
                around.append((depth + 0.5, "<locals>"))
        decorated = None
    return found


def _logical_starts(lines):
    """The lines that begin a statement; None for those that go on with one."""
    state = BlockFinder()
    for line in lines:
        yield None if state.continues else line
        state.feed(line)


class BlockFinder:
    """Follows brackets and texts from line to line, to know which lines go on with the one before."""

    def __init__(self):
        self.depth = 0
        self.quote = None
        self.joined = False

    @property
    def continues(self):
        return self.depth > 0 or self.quote is not None or self.joined

    def feed(self, line):
        self.joined = False
        at = 0
        while at < len(line):
            if self.quote is not None:
                at = self._in_text(line, at)
                continue
            character = line[at]
            if character == "#":
                return
            if character in "\"'":
                self.quote = character * 3 if line.startswith(character * 3, at) else character
                at += len(self.quote)
                continue
            self.depth += (character in "([{") - (character in ")]}")
            self.joined = character == "\\"
            at += 1 + (character == "\\")
        if self.quote is not None and len(self.quote) == 1 and not self.joined:
            self.quote = None

    def _in_text(self, line, at):
        if line[at] == "\\":
            self.joined = True
            return at + 2
        if line.startswith(self.quote, at):
            at += len(self.quote)
            self.quote = None
            return at
        self.joined = False
        return at + 1


def getblock(lines):
    """The lines of the block at the top of a list of lines."""
    state = BlockFinder()
    outside = _indentation(lines[0])
    head = True
    one_line = False
    last = 0
    for number, line in enumerate(lines):
        starts = not state.continues
        text = line.strip()
        if starts and text and not text.startswith("#"):
            if not head and (one_line or _indentation(line) <= outside):
                break
            last = number
        elif starts and text.startswith("#"):
            if not head and _indentation(line) > outside:
                last = number
        elif not starts:
            last = number
        state.feed(line)
        if head and text and not text.startswith(("#", "@")) and not state.continues:
            head = False
            code = _without_comment(line)
            one_line = not code.endswith(":")
    return lines[:last + 1]


def _without_comment(line):
    """A line without the comment behind it; a sign in a text is told from one by counting quotes."""
    for at, character in enumerate(line):
        if character == "#" and line[:at].count('"') % 2 == 0 and line[:at].count("'") % 2 == 0:
            return line[:at].rstrip()
    return line.rstrip()


def findsource(object):
    """All lines of the file, and the index of the first line of the object."""
    filename = getsourcefile(object)
    if not filename:
        filename = getfile(object)
        if not (filename.startswith("<") and filename.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, filename)
    lines = linecache.getlines(filename, module.__dict__ if module else None)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        number = _class_line(lines, object.__qualname__)
        if number is None:
            raise OSError("could not find class definition")
        return lines, number
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if not iscode(object):
        raise OSError("could not find code object")
    number = object.co_firstlineno - 1
    if number >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, number


def getcomments(object):
    """The comments just above an object, or None."""
    try:
        lines, number = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0].startswith("#!") else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end].startswith("#"):
            end += 1
        return "".join(line.expandtabs() for line in lines[start:end]) or None
    indent = _indentation(lines[number])
    end = start = number
    while start > 0 and lines[start - 1].lstrip().startswith("#") and _indentation(lines[start - 1]) == indent:
        start -= 1
    comments = [line.expandtabs().lstrip() for line in lines[start:end]]
    while comments and comments[0].strip() == "#":
        del comments[0]
    while comments and comments[-1].strip() == "#":
        del comments[-1]
    return "".join(comments) or None


def getsourcelines(object):
    """The lines of an object, and the number of the first one in its file."""
    object = unwrap(object)
    lines, number = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[number:]), number + 1


def getsource(object):
    """The source of an object as one text."""
    return "".join(getsourcelines(object)[0])


def indentsize(line):
    """How far a line is indented, in columns."""
    return _indentation(line)


# --- Frames

_Traceback = namedtuple("_Traceback", "filename lineno function code_context index")


class Traceback(_Traceback):
    """Where a frame or an entry of a traceback stands."""

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        made = super().__new__(cls, filename, lineno, function, code_context, index)
        made.positions = positions
        return made

    def __repr__(self):
        return ("Traceback(filename={!r}, lineno={!r}, function={!r}, code_context={!r}, index={!r}, positions={!r})"
                .format(*self, self.positions))


_FrameInfo = namedtuple("_FrameInfo", ("frame",) + Traceback._fields)


class FrameInfo(_FrameInfo):
    """The same with the frame itself."""

    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        made = super().__new__(cls, frame, filename, lineno, function, code_context, index)
        made.positions = positions
        return made

    def __repr__(self):
        return ("FrameInfo(frame={!r}, filename={!r}, lineno={!r}, function={!r}, code_context={!r}, index={!r}, "
                "positions={!r})").format(*self, self.positions)


Positions = namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)
Positions.__module__ = "dis"


def _positions(code, last):
    if last < 0:
        return None
    for index, found in enumerate(code.co_positions()):
        if index == last // 2:
            return Positions(*found)
    return None


def getframeinfo(frame, context=1):
    """Where a frame or an entry of a traceback stands, with lines around it."""
    if istraceback(frame):
        last, lineno, frame = frame.tb_lasti, frame.tb_lineno, frame.tb_frame
    else:
        last, lineno = (frame.f_lasti, frame.f_lineno) if isframe(frame) else (0, 0)
    if not isframe(frame):
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    positions = _positions(frame.f_code, last)
    filename = getsourcefile(frame) or getfile(frame)
    lines = index = None
    if context > 0:
        start = lineno - 1 - context // 2
        try:
            lines, _ = findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(start, len(lines) - context))
            lines = lines[start:start + context]
            index = lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, lines, index, positions=positions)


def getlineno(frame):
    """The line that a frame is at."""
    return frame.f_lineno


def _frame_info(frame, place, context):
    info = getframeinfo(place, context)
    return FrameInfo(frame, *info, positions=info.positions)


def getouterframes(frame, context=1):
    """A frame and those that called it."""
    infos = []
    while frame:
        infos.append(_frame_info(frame, frame, context))
        frame = frame.f_back
    return infos


def getinnerframes(tb, context=1):
    """The frames of a traceback."""
    infos = []
    while tb:
        infos.append(_frame_info(tb.tb_frame, tb, context))
        tb = tb.tb_next
    return infos


def currentframe():
    """The frame of the caller."""
    return sys._getframe(1)


def stack(context=1):
    """The frame of the caller and those that called it."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """The frames between here and where the exception that is being handled was raised."""
    exception = sys.exc_info()[1]
    return getinnerframes(exception.__traceback__ if exception is not None else None, context)


# --- Parameters

Arguments = namedtuple("Arguments", "args, varargs, varkw")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")


def getargs(co):
    """The names of the parameters of a code object."""
    if not iscode(co):
        raise TypeError(f"{co!r} is not a code object")
    names = co.co_varnames
    rest = co.co_argcount + co.co_kwonlyargcount
    varargs = varkw = None
    if co.co_flags & CO_VARARGS:
        varargs = names[rest]
        rest += 1
    if co.co_flags & CO_VARKEYWORDS:
        varkw = names[rest]
    args = names[:co.co_argcount]
    return Arguments(list(args) + list(names[co.co_argcount:co.co_argcount + co.co_kwonlyargcount]), varargs, varkw)


def getargvalues(frame):
    """The parameters of a frame with their values."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs=lambda name: "*" + name,
                    formatvarkw=lambda name: "**" + name, formatvalue=lambda value: "=" + repr(value)):
    """What getargvalues gives, as a call is written."""
    parts = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        parts.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        parts.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return "(" + ", ".join(parts) + ")"


def getfullargspec(func):
    """The names and defaults of the parameters of a callable."""
    try:
        found = _signature_of(func, follow_wrapped=False, bound=False)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    args, posonly, kwonly, defaults, annotations, kwdefaults = [], [], [], (), {}, {}
    varargs = varkw = None
    if found.return_annotation is not found.empty:
        annotations["return"] = found.return_annotation
    for name, parameter in found.parameters.items():
        kind = parameter.kind
        if kind is _POSITIONAL_ONLY or kind is _POSITIONAL_OR_KEYWORD:
            (posonly if kind is _POSITIONAL_ONLY else args).append(name)
            if parameter.default is not parameter.empty:
                defaults += (parameter.default,)
        elif kind is _VAR_POSITIONAL:
            varargs = name
        elif kind is _KEYWORD_ONLY:
            kwonly.append(name)
            if parameter.default is not parameter.empty:
                kwdefaults[name] = parameter.default
        else:
            varkw = name
        if parameter.annotation is not parameter.empty:
            annotations[name] = parameter.annotation
    return FullArgSpec(posonly + args, varargs, varkw, defaults or None, kwonly, kwdefaults or None, annotations)


def getcallargs(func, /, *positional, **named):
    """What each parameter gets in a call."""
    spec = getfullargspec(func)
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__,) + positional
    made = _signature_of(func, follow_wrapped=False, bound=False)
    try:
        bound = made.bind(*positional, **named)
    except TypeError as error:
        raise TypeError(f"{func.__name__}() {error}") from None
    bound.apply_defaults()
    return {name: bound.arguments[name] for name in spec.args + [spec.varargs, spec.varkw] + spec.kwonlyargs
            if name is not None}


def getclosurevars(func):
    """The names from outside that a function uses, with their values."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code = func.__code__
    cells = func.__closure__ or ()
    nonlocals = {name: cell.cell_contents for name, cell in zip(code.co_freevars, cells)}
    known = func.__globals__.get("__builtins__", builtins.__dict__)
    if ismodule(known):
        known = known.__dict__
    own, native, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in func.__globals__:
            own[name] = func.__globals__[name]
        elif name in known:
            native[name] = known[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, own, native, unbound)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a function, class or module as a dict of its own."""
    if isinstance(obj, type):
        found = obj.__dict__.get("__annotations__")
        scope = vars(sys.modules[obj.__module__]) if obj.__module__ in sys.modules else None
        locals = dict(vars(obj)) if locals is None else locals
    elif isinstance(obj, types.ModuleType):
        found, scope = getattr(obj, "__annotations__", None), obj.__dict__
    elif callable(obj):
        found, scope = getattr(obj, "__annotations__", None), getattr(unwrap(obj), "__globals__", None)
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str:
        return dict(found)
    globals = scope if globals is None else globals
    return {name: eval(value, globals, locals) if isinstance(value, str) else value
            for name, value in found.items()}


def formatannotation(annotation, base_module=None):
    """An annotation as a signature shows it."""
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


def formatannotationrelativeto(object):
    """A function that shows annotations as seen from the module of an object."""
    module = getattr(object, "__module__", None)
    return lambda annotation: formatannotation(annotation, module)


class _empty:
    """Stands for a default or an annotation that is not there."""


class _ParameterKind(IntEnum):
    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        value = len(cls.__members__)
        member = int.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    def __str__(self):
        return self.name


_POSITIONAL_ONLY = _ParameterKind.POSITIONAL_ONLY
_POSITIONAL_OR_KEYWORD = _ParameterKind.POSITIONAL_OR_KEYWORD
_VAR_POSITIONAL = _ParameterKind.VAR_POSITIONAL
_KEYWORD_ONLY = _ParameterKind.KEYWORD_ONLY
_VAR_KEYWORD = _ParameterKind.VAR_KEYWORD
_ONE_BY_POSITION = (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD)
_VARIADIC = (_VAR_POSITIONAL, _VAR_KEYWORD)


class Parameter:
    """A parameter: its name, kind, default and annotation. It never changes."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        if default is not _empty and self._kind in _VARIADIC:
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            # What a comprehension iterates over has no name of its own.
            if self._kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError("implicit arguments must be passed as positional or keyword arguments, not "
                                 + self._kind.description)
            self._kind = _POSITIONAL_ONLY
            name = "implicit" + name[1:]
        if iskeyword(name) and self._kind is not _POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name

    @property
    def name(self):
        return self._name

    @property
    def default(self):
        return self._default

    @property
    def annotation(self):
        return self._annotation

    @property
    def kind(self):
        return self._kind

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default = state["_default"]
        self._annotation = state["_annotation"]

    def replace(self, *, name=_empty, kind=_empty, annotation=_empty, default=_empty):
        """A parameter like this one with something else in it."""
        given = {"name": name, "kind": kind, "annotation": annotation, "default": default}
        own = {key: getattr(self, key) for key in given}
        caller_gave = lambda key: given[key] is not _empty
        parts = {key: given[key] if caller_gave(key) else own[key] for key in given}
        return type(self)(parts["name"], parts["kind"], default=parts["default"], annotation=parts["annotation"])

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text = f"{text}: {formatannotation(self._annotation)}"
        if self._default is not _empty:
            text += (" = " if self._annotation is not _empty else "=") + repr(self._default)
        return {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}.get(self._kind, "") + text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name, self._kind) == (other._name, other._kind) and (
            self._default == other._default and self._annotation == other._annotation)


class BoundArguments:
    """The arguments of a call, given to the parameters of a signature."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        args = []
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            value = self.arguments[name]
            if parameter.kind is _VAR_POSITIONAL:
                args.extend(value)
            else:
                args.append(value)
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        by_keyword = False
        for name, parameter in self._signature.parameters.items():
            if not by_keyword:
                if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    by_keyword = True
                elif name not in self.arguments:
                    by_keyword = True
                    continue
            if by_keyword and name in self.arguments:
                value = self.arguments[name]
                if parameter.kind is _VAR_KEYWORD:
                    kwargs.update(value)
                else:
                    kwargs[name] = value
        return kwargs

    def apply_defaults(self):
        """Give the parameters that got nothing their defaults."""
        complete = []
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                value = self.arguments[name]
            elif parameter.default is not _empty:
                value = parameter.default
            elif parameter.kind is _VAR_POSITIONAL:
                value = ()
            elif parameter.kind is _VAR_KEYWORD:
                value = {}
            else:
                continue
            complete.append((name, value))
        self.arguments = dict(complete)

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __setstate__(self, state):
        self._signature = state["_signature"]
        self.arguments = state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        parts = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"<{type(self).__name__} ({parts})>"


class Signature:
    """The parameters of a callable and what it returns. It never changes."""

    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        found = OrderedDict()
        highest = _POSITIONAL_ONLY
        with_default = False
        for parameter in parameters or ():
            kind, name = parameter.kind, parameter.name
            if __validate_parameters__:
                if kind < highest:
                    raise ValueError(f"wrong parameter order: {highest.description} parameter before "
                                     f"{kind.description} parameter")
                if kind > highest:
                    highest, with_default = kind, with_default and kind in _ONE_BY_POSITION
                if kind in _ONE_BY_POSITION:
                    if parameter.default is not _empty:
                        with_default = True
                    elif with_default:
                        raise ValueError("non-default argument follows default argument")
                if name in found:
                    raise ValueError(f"duplicate parameter name: {name!r}")
            found[name] = parameter
        self._parameters = types.MappingProxyType(found)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of a callable."""
        return _signature_of(obj, cls, follow_wrapped, globals, locals, eval_str)

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        """A signature like this one with other parameters or another annotation."""
        if parameters is _empty:
            parameters = self.parameters.values()
        if return_annotation is _empty:
            return_annotation = self._return_annotation
        return type(self)(parameters, return_annotation=return_annotation)

    def _comparable(self):
        by_position = tuple(each for each in self.parameters.values() if each.kind != _KEYWORD_ONLY)
        by_keyword = {each.name: each for each in self.parameters.values() if each.kind == _KEYWORD_ONLY}
        return by_position, by_keyword, self.return_annotation

    def __hash__(self):
        by_position, by_keyword, returned = self._comparable()
        return hash((by_position, frozenset(by_keyword.values()), returned))

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return self._comparable() == other._comparable()

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        rest = list(args)
        left = dict(kwargs)
        parameters = list(self.parameters.values())
        for parameter in parameters:
            name, kind = parameter.name, parameter.kind
            if kind is _VAR_POSITIONAL:
                if rest:
                    arguments[name] = tuple(rest)
                    rest = []
            elif kind in _ONE_BY_POSITION and rest:
                if name in left and kind is not _POSITIONAL_ONLY:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = rest.pop(0)
        if rest:
            raise TypeError("too many positional arguments")
        variadic = None
        for parameter in parameters:
            name, kind = parameter.name, parameter.kind
            if kind is _VAR_KEYWORD:
                variadic = name
                continue
            if kind is _VAR_POSITIONAL or name in arguments:
                continue
            if kind is _POSITIONAL_ONLY:
                if name in left:
                    raise TypeError(f"{name!r} parameter is positional only, but was passed as a keyword")
            elif name in left:
                arguments[name] = left.pop(name)
                continue
            if parameter.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if left:
            if variadic is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(left))!r}")
            arguments[variadic] = left
        ordered = {each.name: arguments[each.name] for each in parameters if each.name in arguments}
        return self._bound_arguments_cls(self, ordered)

    def bind(self, /, *args, **kwargs):
        """Give arguments to the parameters as a call does."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same where arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        return (type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation})

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"

    def __str__(self):
        parts = []
        before = None
        needs_star = True
        for parameter in self.parameters.values():
            kind = parameter.kind
            if before is _POSITIONAL_ONLY and kind is not _POSITIONAL_ONLY:
                parts.append("/")
            if kind is _VAR_POSITIONAL:
                needs_star = False
            elif kind is _KEYWORD_ONLY and needs_star:
                parts.append("*")
                needs_star = False
            parts.append(str(parameter))
            before = kind
        if before is _POSITIONAL_ONLY:
            parts.append("/")
        text = "(" + ", ".join(parts) + ")"
        if self.return_annotation is not _empty:
            text += " -> " + formatannotation(self.return_annotation)
        return text


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of a callable."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals,
                                   eval_str=eval_str)


def _signature_of(obj, cls=Signature, follow_wrapped=True, globals=None, locals=None, eval_str=False, bound=True):
    from functools import partial, partialmethod
    again = lambda other: _signature_of(other, cls, follow_wrapped, globals, locals, eval_str, bound)
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if isinstance(obj, types.MethodType):
        found = again(obj.__func__)
        return _without_first(found) if bound else found
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda each: hasattr(each, "__signature__") or isinstance(each, types.MethodType))
        if isinstance(obj, types.MethodType):
            return again(obj)
    given = getattr(obj, "__signature__", None)
    if given is not None:
        if not isinstance(given, Signature):
            raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
        return given
    made_of = obj.__dict__.get("_partialmethod") if isfunction(obj) else None
    if isinstance(made_of, partialmethod):
        return _of_partial_method(again, made_of)
    if isfunction(obj):
        return _of_function(cls, obj, globals, locals, eval_str)
    if isbuiltin(obj) or ismethoddescriptor(obj) and hasattr(obj, "__text_signature__") or isinstance(
            obj, _NonUserDefinedCallables):
        return _of_native(cls, obj, bound)
    if isinstance(obj, partial):
        return _of_partial(again(obj.func), obj)
    if isinstance(obj, type):
        return _of_class(cls, obj, again)
    call = _user_method(type(obj), "__call__")
    if call is None:
        raise ValueError(f"callable {obj!r} is not supported by signature")
    found = again(call)
    return _without_first(found) if bound else found


def _without_first(found):
    parameters = list(found.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if parameters[0].kind in _ONE_BY_POSITION:
        del parameters[0]
    return found.replace(parameters=parameters)


def _user_method(kind, name):
    found = getattr(kind, name, None)
    return None if isinstance(found, _NonUserDefinedCallables) else found


def _of_class(cls, obj, again):
    call = _user_method(type(obj), "__call__")
    if call is not None:
        return _without_first(again(call))
    new, init = _user_method(obj, "__new__"), _user_method(obj, "__init__")
    for base in obj.__mro__:
        if new is not None and "__new__" in base.__dict__:
            return _without_first(again(new))
        if init is not None and "__init__" in base.__dict__:
            return _without_first(again(init))
    for base in obj.__mro__[:-1]:
        text = getattr(base, "__text_signature__", None)
        if isinstance(text, str):
            return _of_text(cls, obj, text, False)
    if type in obj.__mro__:
        raise ValueError(f"no signature found for builtin {obj!r}")
    if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
        return cls()
    raise ValueError(f"no signature found for builtin type {obj!r}")


def _of_function(cls, function, globals, locals, eval_str):
    code = function.__code__
    annotations = get_annotations(function, globals=globals, locals=locals, eval_str=eval_str)
    make = lambda name, kind, default=_empty: cls._parameter_cls(
        name, kind, default=default, annotation=annotations.get(name, _empty))
    names = code.co_varnames
    count, by_keyword = code.co_argcount, code.co_kwonlyargcount
    defaults = function.__defaults__ or ()
    first_default = count - len(defaults)
    parameters = []
    for index, name in enumerate(names[:count]):
        kind = _POSITIONAL_ONLY if index < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
        default = defaults[index - first_default] if index >= first_default else _empty
        parameters.append(make(name, kind, default))
    rest = count + by_keyword
    if code.co_flags & CO_VARARGS:
        parameters.append(make(names[rest], _VAR_POSITIONAL))
        rest += 1
    for name in names[count:count + by_keyword]:
        parameters.append(make(name, _KEYWORD_ONLY, (function.__kwdefaults__ or {}).get(name, _empty)))
    if code.co_flags & CO_VARKEYWORDS:
        parameters.append(make(names[rest], _VAR_KEYWORD))
    return cls(parameters, return_annotation=annotations.get("return", _empty), __validate_parameters__=False)


def _of_native(cls, obj, bound):
    text = getattr(obj, "__text_signature__", None)
    if not text:
        raise ValueError(f"no signature found for builtin {obj!r}")
    is_bound = getattr(obj, "__self__", None) is not None and bound or text.startswith("($module")
    return _of_text(cls, obj, text, is_bound)


def _of_text(cls, obj, text, is_bound):
    """The signature that a text like ($self, item, /, *, key=None) tells."""
    parameters = []
    kind = _POSITIONAL_OR_KEYWORD
    first = True
    for part in _split(text[1:text.rindex(")")]):
        if part == "/":
            parameters = [each.replace(kind=_POSITIONAL_ONLY) for each in parameters]
            continue
        if part == "*":
            kind = _KEYWORD_ONLY
            continue
        if first and part.startswith("$"):
            first = False
            if not is_bound:
                parameters.append(cls._parameter_cls(part[1:], _POSITIONAL_ONLY))
            continue
        first = False
        name, sign, default = part.partition("=")
        name = name.strip()
        if name.startswith("**"):
            parameters.append(cls._parameter_cls(name[2:], _VAR_KEYWORD))
        elif name.startswith("*"):
            parameters.append(cls._parameter_cls(name[1:], _VAR_POSITIONAL))
            kind = _KEYWORD_ONLY
        else:
            value = _default_of(obj, default.strip()) if sign else _empty
            parameters.append(cls._parameter_cls(name, kind, default=value))
    return cls(parameters, __validate_parameters__=False)


def _default_of(obj, text):
    module = sys.modules.get(getattr(obj, "__module__", None))
    try:
        return eval(text, dict(module.__dict__) if module else {"sys": sys})
    except Exception:
        raise ValueError(f"{obj!r} has invalid signature") from None


def _split(text):
    parts, depth, quote, part = [], 0, None, ""
    for character in text:
        if quote:
            quote = None if character == quote else quote
        elif character in "'\"":
            quote = character
        else:
            depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0 and not quote:
            parts.append(part.strip())
            part = ""
        else:
            part += character
    return [each for each in parts + [part.strip()] if each]


def _of_partial(found, made):
    """What is left to be given to a partial function."""
    try:
        bound = found.bind_partial(*made.args, **(made.keywords or {}))
    except TypeError as error:
        raise ValueError(f"partial object {made!r} has incorrect arguments") from error
    given_by_position = len(made.args)
    parameters = []
    by_keyword = False
    for index, (name, parameter) in enumerate(found.parameters.items()):
        kind = parameter.kind
        if kind in _ONE_BY_POSITION and index < given_by_position:
            continue
        if name in (made.keywords or {}) and kind not in _VARIADIC:
            by_keyword = by_keyword or kind is _POSITIONAL_OR_KEYWORD
            parameter = parameter.replace(default=bound.arguments[name])
        if by_keyword and kind is _POSITIONAL_OR_KEYWORD:
            parameter = parameter.replace(kind=_KEYWORD_ONLY)
        if by_keyword and kind is _VAR_POSITIONAL:
            continue
        parameters.append(parameter)
    return found.replace(parameters=parameters)


def _of_partial_method(again, made):
    from functools import partial
    whole = again(made.func)
    first = next(iter(whole.parameters.values()))
    rest = _of_partial(whole, partial(made.func, None, *made.args, **made.keywords))
    if first.kind is _VAR_POSITIONAL:
        return rest
    return rest.replace(parameters=[first, *rest.parameters.values()])


# --- Generators and coroutines

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = (
    "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED")


def getgeneratorstate(generator):
    """Whether a generator has not begun, runs, waits, or has ended."""
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    return GEN_CLOSED if generator.gi_frame is None else GEN_CREATED


def getgeneratorlocals(generator):
    """The local variables of a generator."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    return generator.gi_frame.f_locals if generator.gi_frame is not None else {}


def getcoroutinestate(coroutine):
    """Whether a coroutine has not begun, runs, waits, or has ended."""
    if coroutine.cr_running:
        return CORO_RUNNING
    if coroutine.cr_suspended:
        return CORO_SUSPENDED
    return CORO_CLOSED if coroutine.cr_frame is None else CORO_CREATED


def getcoroutinelocals(coroutine):
    """The local variables of a coroutine."""
    return coroutine.cr_frame.f_locals if coroutine.cr_frame is not None else {}
