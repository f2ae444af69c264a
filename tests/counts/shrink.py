"""Cuts a program down as long as a question about it stays true.

A step makes all programs that are one cut smaller (a statement less, a block opened, an expression in the place of the
one around it) and asks about many of them at once, since to start an interpreter costs more than to run a hundred.
"""

import ast
import re
import warnings

TOGETHER = 40
VARIABLE = re.compile(r"[a-z]+\d+$")


def shrink(text, asks):
    """The smallest program found. `asks` takes programs and gives for each whether it is still of interest."""
    smallest = None
    while smallest != text:
        smallest = text
        text = step(text, asks)
    return text


def step(text, asks):
    candidates = sorted(set(smaller(text)) - {text}, key=lambda candidate: (len(candidate), candidate))
    for start in range(0, len(candidates), TOGETHER):
        some = candidates[start : start + TOGETHER]
        for candidate, good in zip(some, asks(some)):
            if good:
                return candidate
    return text


def smaller(text):
    """All programs that are one cut smaller."""
    tree = ast.parse(text)
    for holder, place, other in list(cuts(tree)):
        before = holder[place]
        holder[place] = other
        candidate = written(tree)
        if candidate is not None:
            yield candidate
        holder[place] = before


def written(tree):
    try:
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "program", "exec")
    except (SyntaxError, ValueError, TypeError):
        return None
    return text


def cuts(tree):
    """What can be put in a place of the tree: the attributes of the node there, the name of one, and its new value."""
    for parent in ast.walk(tree):
        holder = vars(parent)
        for field, value in ast.iter_fields(parent):
            if isinstance(value, list):
                for other in shorter(parent, value):
                    yield holder, field, other
            elif is_read(value):
                for other in replacements(value):
                    yield holder, field, other


def shorter(parent, items):
    """The lists that are one cut smaller."""
    for at, item in enumerate(items):
        before, after = items[:at], items[at + 1 :]
        if isinstance(item, ast.stmt):
            # The end of a `while` body is what ends the loop.
            if after or not isinstance(parent, ast.While):
                yield before + after or [ast.Pass()]
            for block in ("body", "orelse", "finalbody"):
                if getattr(item, block, None):
                    yield before + getattr(item, block) + after
        else:
            yield before + after
            if is_read(item):
                for other in replacements(item):
                    yield [*before, other, *after]


def replacements(expression):
    for inner in ast.walk(expression):
        if inner is not expression and is_read(inner):
            yield inner
    if not isinstance(expression, ast.Name):
        yield ast.List([], ast.Load())


def is_read(tree):
    """Whether this is an expression of something made at run time: others count differently."""
    if isinstance(tree, ast.Attribute):
        return is_read(tree.value)
    if isinstance(tree, ast.Name) and not VARIABLE.match(tree.id):
        return False
    return isinstance(tree, ast.expr) and not isinstance(tree, ast.Constant) and isinstance(getattr(tree, "ctx", ast.Load()), ast.Load)
