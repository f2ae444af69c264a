"""The objects that an interactive session adds to builtins."""

import sys


class Quitter(object):
    def __init__(self, name, eof):
        self.name = name
        self.eof = eof

    def __repr__(self):
        return 'Use %s() or %s to exit' % (self.name, self.eof)

    def __call__(self, code=None):
        try:
            sys.stdin.close()
        except:
            pass
        raise SystemExit(code)


class _Printer(object):
    def __init__(self, name, data):
        self.__name = name
        self.__data = data

    def __repr__(self):
        return self.__data

    def __call__(self):
        print(self.__data)


class _Helper(object):
    def __repr__(self):
        return 'Type help() for interactive help, or help(object) for help about object.'

    def __call__(self, *args, **kwds):
        for thing in args:
            name = getattr(thing, '__qualname__', None) or type(thing).__qualname__
            print('Help on %s:' % name)
            print()
            print(getattr(thing, '__doc__', None) or 'no documentation')


quit = Quitter('quit', 'Ctrl-D (i.e. EOF)')
exit = Quitter('exit', 'Ctrl-D (i.e. EOF)')
copyright = _Printer('copyright', 'glasspy: see the file LICENSE of its source.')
credits = _Printer('credits', 'glasspy speaks the language of Python; thanks to all who made it.')
license = _Printer('license', 'See the file LICENSE of the source.')
help = _Helper()
