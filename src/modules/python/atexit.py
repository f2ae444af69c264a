"""Functions to be called when the interpreter ends, the last registered first."""

import sys

_functions = []


def register(func, /, *args, **kwargs):
    """Register a function to be executed upon normal program termination."""
    if not callable(func):
        raise TypeError('the first argument must be callable')
    _functions.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Unregister an exit function which was previously registered."""
    _functions[:] = [entry for entry in _functions if not entry[0] == func]


def _clear():
    """Clear the list of previously registered exit functions."""
    _functions.clear()


def _ncallbacks():
    """Return the number of registered exit functions."""
    return len(_functions)


def _run_exitfuncs():
    """Run all registered exit functions."""
    while _functions:
        func, args, kwargs = _functions.pop()
        try:
            func(*args, **kwargs)
        except BaseException as error:
            traceback = error.__traceback__
            error.__traceback__ = traceback.tb_next
            sys.unraisablehook(type(sys.implementation)(
                exc_type=type(error), exc_value=error, exc_traceback=traceback.tb_next,
                err_msg='Exception ignored in atexit callback', object=func))
            del traceback
        del func, args, kwargs
