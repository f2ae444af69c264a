"""Notes that are no list: a text is taken apart, what is no sequence is shown as it is."""

import traceback
class B:
    def __repr__(s): return 'bad repr'
e=ValueError(1); e.__notes__=B()
print(repr(traceback.format_exception_only(e)))
e.__notes__=[1,'a\nb',B()]
print(repr(traceback.format_exception_only(e)))
e.__notes__=()
print(repr(traceback.format_exception_only(e)))
e.__notes__='abc'
print(repr(traceback.format_exception_only(e)))
e.__notes__=B()
