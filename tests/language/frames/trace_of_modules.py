"""A module begins before its first line, and whoever traces it is told so."""

import sys

seen = []


def tracer(frame, event, argument):
    seen.append((event, frame.f_code.co_name, frame.f_lineno))
    return tracer


code = compile("x = 1\n\ny = x + 1\nclass C:\n    z = 3\n", "<module>", "exec")
sys.settrace(tracer)
exec(code, {})
eval("1 + 1")
sys.settrace(None)
print(*seen, sep="\n")
