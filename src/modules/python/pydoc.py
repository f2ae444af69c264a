"""Documentation of objects as plain text: what help() prints."""

import sys
from keyword import kwlist

_function = type(lambda: None)
_builtin = type(len)
_method = type((lambda self: None).__get__(0))
_method_descriptor = type(str.upper)
_wrapper = type(object.__init__)
_method_wrapper = type(object().__init__)
_member = type(_function.__globals__)
_getset = type(_function.__code__)
_module = type(sys)

_LINE = ' |  ' + '-' * 70 + '\n'
_HIDDEN = ('__doc__', '__module__', '__dict__', '__weakref__', '__qualname__', '__annotations__',
           '__abstractmethods__', '__slots__', '__match_args__', '__static_attributes__')
_EMPTY = object()


def _is_routine(thing):
    return isinstance(thing, (_function, _builtin, _method, _method_descriptor, _wrapper, _method_wrapper))


def _qualified(kind, module):
    name = kind.__qualname__ if hasattr(kind, '__qualname__') else kind.__name__
    if kind.__module__ != module:
        name = '%s.%s' % (kind.__module__, kind.__name__)
    return name


def _annotation(value):
    if isinstance(value, type):
        return value.__qualname__ if value.__module__ in ('builtins', '__main__') else '%s.%s' % (
            value.__module__, value.__qualname__)
    return repr(value)


def _parameter(name, annotations, default):
    text = name
    bare = name.lstrip('*')
    if bare in annotations:
        text += ': ' + _annotation(annotations[bare])
        return text if default is _EMPTY else text + ' = ' + repr(default)
    return text if default is _EMPTY else text + '=' + repr(default)


def _function_signature(function, skip):
    code = function.__code__
    annotations = function.__annotations__
    count, keyword_only = code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames
    defaults = function.__defaults__ or ()
    keyword_defaults = function.__kwdefaults__ or {}
    parts = []
    for index in range(count):
        at = index - (count - len(defaults))
        if index >= skip:
            parts.append(_parameter(names[index], annotations, defaults[at] if at >= 0 else _EMPTY))
        if index + 1 == code.co_posonlyargcount and parts:
            parts.append('/')
    rest = count + keyword_only
    if code.co_flags & 4:
        parts.append(_parameter('*' + names[rest], annotations, _EMPTY))
        rest += 1
    elif keyword_only:
        parts.append('*')
    for name in names[count:count + keyword_only]:
        parts.append(_parameter(name, annotations, keyword_defaults.get(name, _EMPTY)))
    if code.co_flags & 8:
        parts.append(_parameter('**' + names[rest], annotations, _EMPTY))
    text = '(' + ', '.join(parts) + ')'
    if 'return' in annotations:
        text += ' -> ' + _annotation(annotations['return'])
    return text


def _native_signature(thing, is_bound):
    text = getattr(thing, '__text_signature__', None)
    if not text:
        return None
    parts, depth, part = [], 0, ''
    for character in text[1:-1]:
        if character in '([{':
            depth += 1
        elif character in ')]}':
            depth -= 1
        if character == ',' and depth == 0:
            parts.append(part.strip())
            part = ''
        else:
            part += character
    parts.append(part.strip())
    first = parts[0] if parts else ''
    if first.startswith('$'):
        parts[0] = first[1:]
        if is_bound or first == '$module':
            del parts[0]
            if parts and parts[0] == '/':
                del parts[0]
    return '(' + ', '.join(part for part in parts if part) + ')'


def signature(thing):
    """The parameters of a callable as text, or None where they are not known."""
    if isinstance(thing, _function):
        return _function_signature(thing, 0)
    if isinstance(thing, _method):
        function = thing.__func__
        return _function_signature(function, 1) if isinstance(function, _function) else signature(function)
    if isinstance(thing, type):
        return _class_signature(thing)
    if isinstance(thing, (_builtin, _method_wrapper)):
        return _native_signature(thing, True)
    if isinstance(thing, (_method_descriptor, _wrapper)):
        return _native_signature(thing, False)
    return None


def _class_signature(kind):
    for name in ('__new__', '__init__'):
        for base in kind.__mro__:
            found = base.__dict__.get(name)
            if found is None:
                continue
            found = getattr(found, '__func__', found)
            if isinstance(found, _function):
                return _function_signature(found, 1)
            break
    return '()' if kind.__flags__ & (1 << 9) and kind.__init__ is object.__init__ else None


def getdoc(thing):
    """The documentation of an object, with its indentation taken off; '' where there is none."""
    text = _own_doc(thing)
    if not isinstance(text, str):
        return ''
    return _cleaned(text)


def _own_doc(thing):
    text = getattr(thing, '__doc__', None)
    if text is not None or not isinstance(thing, (_method, _function)):
        return text
    owner = type(thing.__self__) if isinstance(thing, _method) else _owner(thing)
    for base in getattr(owner, '__mro__', ()):
        text = getattr(base.__dict__.get(thing.__name__), '__doc__', None)
        if text is not None:
            return text
    return None


def _owner(function):
    """The class that a function was defined in, by its qualified name."""
    found = sys.modules.get(function.__module__)
    for name in function.__qualname__.split('.')[:-1]:
        found = getattr(found, name, None)
    return found


def _inherited_doc(kind, name, thing):
    """The documentation of an attribute of a class, or that of what it overrides."""
    text = getattr(thing, '__doc__', None)
    if isinstance(text, str):
        return _cleaned(text)
    for base in kind.__mro__:
        text = getattr(base.__dict__.get(name), '__doc__', None)
        if isinstance(text, str):
            return _cleaned(text)
    return ''


def _cleaned(text):
    lines = text.expandtabs().split('\n')
    margin = min([len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()], default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        del lines[-1]
    while lines and not lines[0]:
        del lines[0]
    return '\n'.join(lines).rstrip()


def _indented(text, prefix='    '):
    return '\n'.join([prefix + line for line in text.split('\n')])


def _with_doc(head, doc):
    return head + '\n' + (_indented(doc) + '\n' if doc else '')


def _docroutine(name, thing, note='', doc=None):
    parameters = signature(thing)
    if parameters is None:
        parameters = '(...)'
    if doc is None:
        doc = getdoc(thing)
    if name == '<lambda>':
        return _with_doc(name + ' lambda ' + parameters[1:-1] + note, doc)
    real = getattr(thing, '__name__', name)
    title = real if real == name else '%s = %s' % (name, real)
    return _with_doc(title + parameters + note, doc)


def _bound_note(thing):
    owner = getattr(thing, '__self__', None)
    if owner is None or isinstance(owner, _module):
        return ''
    return ' method of %s instance' % _full(type(owner))


def _full(kind):
    return '%s.%s' % (kind.__module__, kind.__qualname__)


def _attributes(kind):
    """Name, sort, defining class and raw value of each attribute of a class."""
    found = {}
    for base in kind.__mro__:
        for name, value in base.__dict__.items():
            if name not in found:
                found[name] = (_sort(value), base, value)
    return [(name,) + found[name] for name in sorted(found)]


def _sort(value):
    if isinstance(value, staticmethod):
        return 'static method'
    if isinstance(value, classmethod) or type(value).__name__ == 'classmethod_descriptor':
        return 'class method'
    if isinstance(value, property):
        return 'readonly property' if value.fset is None else 'data descriptor'
    if isinstance(value, _builtin) and getattr(value, '__name__', '') == '__new__':
        return 'static method'
    if _is_routine(value):
        return 'method'
    if hasattr(type(value), '__get__') and hasattr(type(value), '__set__'):
        return 'data descriptor'
    return 'data'


_SECTIONS = (
    ('Methods', 'method'),
    ('Class methods', 'class method'),
    ('Static methods', 'static method'),
    ('Readonly properties', 'readonly property'),
    ('Data descriptors', 'data descriptor'),
    ('Data and other attributes', 'data'),
)


def _entry(kind, module, name, sort, owner, value):
    if sort in ('method', 'class method', 'static method'):
        plain = getattr(value, '__func__', value)
        note = ''
        if sort == 'class method':
            bound = getattr(kind, name)
            return _docroutine(name, bound, ' from ' + _full(type(owner)), getdoc(plain))
        if isinstance(plain, _builtin):
            note = ' from ' + _full(type(owner))
        return _docroutine(name, plain, note, _inherited_doc(kind, name, plain))
    if sort == 'data':
        text = repr(value)
        if len(text) > 70 - len(name) - 3:
            text = text[:70 - len(name) - 6] + '...'
        return '%s = %s\n' % (name, text)
    return _with_doc(name, getdoc(value))


def _visible(name, owner):
    if name in ('__dict__', '__weakref__'):
        return True
    if name in _HIDDEN or name in ('__builtins__', '__file__', '__path__', '__loader__', '__spec__'):
        return False
    if name.startswith('__') and name.endswith('__'):
        return True
    return not name.startswith('_')


def _docclass(kind):
    module = kind.__module__
    bases = [_qualified(base, module) for base in kind.__bases__]
    title = 'class ' + kind.__name__ + ('(%s)' % ', '.join(bases) if bases else '')
    body = ''
    parameters = signature(kind)
    if parameters and parameters != '()':
        body += kind.__name__ + parameters + '\n\n'
    doc = getdoc(kind)
    if doc:
        body += doc + '\n\n'
    order = kind.__mro__
    if len(order) > 2:
        body += 'Method resolution order:\n'
        body += ''.join(['    %s\n' % _qualified(base, module) for base in order]) + '\n'
    body += _subclasses(kind)
    rest = [entry for entry in _attributes(kind) if _visible(entry[0], entry[2])]
    is_first = True
    for owner in order:
        if owner is object and kind is not object:
            break
        own = [entry for entry in rest if entry[2] is owner]
        place = 'defined here' if owner is kind else 'inherited from %s' % _qualified(owner, module)
        for heading, sort in _SECTIONS:
            entries = [entry for entry in own if entry[1] == sort]
            if not entries:
                continue
            if not is_first:
                body += '-' * 70 + '\n'
            is_first = False
            body += '%s %s:\n\n' % (heading, place)
            for name, _, _, value in entries:
                body += _entry(kind, module, name, sort, owner, value)
                body += '\n'
    return title + '\n' + _indented(body.rstrip('\n'), ' |  ') + '\n'


def _subclasses(kind):
    names = sorted([it.__name__ for it in type.__subclasses__(kind)
                    if it.__module__ == 'builtins' and not it.__name__.startswith('_')])
    if not names:
        return ''
    text = 'Built-in subclasses:\n' + ''.join(['    %s\n' % name for name in names[:4]])
    if len(names) > 4:
        text += '    ... and %d other subclasses\n' % (len(names) - 4)
    return text + '\n'


def _docmodule(module):
    text = 'NAME\n    ' + module.__name__
    lines = getdoc(module).split('\n')
    if lines[0]:
        text += ' - ' + lines[0]
    text += '\n\n'
    if len(lines) > 2:
        text += 'DESCRIPTION\n' + _indented('\n'.join(lines[1:]).strip('\n')) + '\n\n'
    wanted = getattr(module, '__all__', None)
    classes, functions, data = [], [], []
    for name, value in sorted(module.__dict__.items()):
        if name not in wanted if wanted is not None else name.startswith('_'):
            continue
        if isinstance(value, type):
            if wanted is not None or value.__module__ == module.__name__:
                classes.append(_docclass(value))
        elif _is_routine(value):
            if wanted is not None or getattr(value, '__module__', None) == module.__name__:
                functions.append(_docroutine(name, value))
        elif not isinstance(value, _module):
            data.append('%s = %s\n' % (name, repr(value)))
    for heading, parts, between in (('CLASSES', classes, '\n'), ('FUNCTIONS', functions, '\n'), ('DATA', data, '')):
        if parts:
            text += heading + '\n' + _indented(between.join(parts).rstrip('\n')) + '\n\n'
    text += 'FILE\n    ' + getattr(module, '__file__', '(built-in)') + '\n\n'
    return text


def _describe(thing):
    if isinstance(thing, _module):
        return 'module ' + thing.__name__
    if isinstance(thing, _builtin):
        return 'built-in function ' + thing.__name__
    if isinstance(thing, type):
        return 'class ' + thing.__name__
    if isinstance(thing, _function):
        return 'function ' + thing.__name__
    if isinstance(thing, _method):
        return 'method ' + thing.__name__
    return type(thing).__name__


def render_doc(thing, path=None):
    """The text that help() prints of an object; a path is the name under which it was found."""
    title = 'Help on ' + _describe(thing)
    module = getattr(thing, '__module__', None)
    if path is not None and '.' in path:
        title += ' in ' + path.rpartition('.')[0]
    elif module and not isinstance(thing, (_module, _method_descriptor, _wrapper)):
        title += ' in module ' + module
    if isinstance(thing, _module):
        body = _docmodule(thing)
    elif isinstance(thing, type):
        body = _docclass(thing)
    elif _is_routine(thing):
        note = _bound_note(thing)
        body = _docroutine(thing.__name__, thing, note)
        if path is not None and path != thing.__name__:
            body = path + ' = ' + body
    elif isinstance(thing, (property, _member, _getset)):
        doc = getdoc(thing)
        body = getattr(thing, '__name__', '') + '\n' + (_indented(doc) + '\n' if doc else '')
        body = body.lstrip('\n')
    else:
        title += ' object'
        body = _docclass(type(thing))
    return title + ':\n\n' + body


def locate(path):
    """The object that a dotted name stands for, or None."""
    import builtins
    parts = path.split('.')
    found = None
    for end in range(len(parts), 0, -1):
        try:
            found = __import__('.'.join(parts[:end]), None, None, ['*'])
        except ImportError:
            continue
        rest = parts[end:]
        break
    else:
        found, rest = builtins, parts
    for name in rest:
        try:
            found = getattr(found, name)
        except AttributeError:
            return None
    return found


def _columns(names, columns=4, width=80):
    """Prints names in columns, filled from the top."""
    names = sorted(names)
    rows = (len(names) + columns - 1) // columns
    for row in range(rows):
        line = ''.join(name.ljust(width // columns) for name in names[row::rows])
        print(line.rstrip())


_KEYWORDS = kwlist


def _list_of(what):
    """Prints what help("keywords"), help("modules") and help("topics") are asked for; whether it is one of them."""
    if what == 'keywords':
        print('\nHere is a list of the Python keywords.\n')
        _columns(_KEYWORDS)
    elif what == 'modules':
        import sys
        print('\nHere is a list of the modules that can be imported.\n')
        _columns(name for name in sys.stdlib_module_names if name[0] != '_' or name == '__future__')
        print('\nEnter any module name to get more help.')
    elif what in ('topics', 'symbols'):
        print('\nThere are no pages of %s here. Ask for a module, a type, a function or a method: str.split.' % what)
    else:
        return False
    print()
    return True


def help(request):
    """Prints the documentation of an object, or of what a name stands for."""
    if isinstance(request, str):
        if _list_of(request):
            return
        if request in _KEYWORDS and request not in ('None', 'True', 'False'):
            print('%r is a keyword: it is a part of the language, not an object.\n' % request)
            return
        found = locate(request)
        if found is None:
            print('No Python documentation found for %r.' % request)
            print('Use help() to get the interactive help utility.')
            print('Use help(str) for help on the str class.')
            return
        print(render_doc(found, request))
        return
    print(render_doc(request))


def interact():
    """Asks for names until told to quit."""
    print('Type the name of a module, function or class to read about it, "modules" or "keywords"\n'
          'for lists of them, and "quit" to go back.\n')
    while True:
        try:
            request = input('help> ').strip()
        except (KeyboardInterrupt, EOFError):
            print()
            break
        if request in ('q', 'quit', 'exit', ''):
            break
        help(request.strip('\'"'))
        print()
