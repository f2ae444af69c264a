"""A text with values in it is no pattern."""
for s in ('match ...:\n case f"": pass', 'match ...:\n case f"{x}": pass', 'match x:\n case {f"a": 1}: pass', 'match x:\n case "a" f"b": pass','match x:\n case A(f"b"): pass','match x:\n case -f"a": pass', 'match x:\n case "a" "b": pass'):
    try: compile(s, "f", "exec"); print("ok")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
