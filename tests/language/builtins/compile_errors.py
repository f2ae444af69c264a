# Where errors in texts for eval and compile are, and what they show of the text.
for source in ['1 +', '1 + ', '1 +\n', 'a.', 'x = 1', 'a b', '(1', '1)', '"abc', 'f(1,', 'lambda', 'x\0']:
    for mode in ('eval', 'single', 'exec'):
        try:
            compile(source, '<text>', mode)
        except SyntaxError as error:
            place = error.lineno, error.offset, error.end_lineno, error.end_offset
            print(repr(source), mode, error.msg, place, repr(error.text))
        except ValueError as error:
            print(repr(source), mode, repr(error))
