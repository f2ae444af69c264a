"""Names that match a pattern of the shell: `*`, `?` and `[...]`."""

import os
import posixpath

__all__ = ["filter", "fnmatch", "fnmatchcase"]


def fnmatch(name, pat):
    """Whether a name matches."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


def filter(names, pat):
    """The names that match."""
    return [name for name in names if fnmatchcase(name, pat)]


def fnmatchcase(name, pat):
    """Whether a name matches, letter by letter as it is written."""
    if isinstance(name, bytes):
        name, pat = name.decode('latin-1'), pat.decode('latin-1')
    at = start = 0
    # Where to try again: behind the last star, one letter further each time.
    star = retry = None
    while at < len(name):
        step = _one(name[at], pat, start)
        if step:
            at, start = at + 1, start + step
        elif start < len(pat) and pat[start] == '*':
            star, retry = start, at
            start += 1
        elif star is not None:
            retry += 1
            at, start = retry, star + 1
        else:
            return False
    return not pat[start:].strip('*')


def _one(letter, pat, start):
    # How long the part of the pattern is that matches this letter; 0 where none does.
    if start >= len(pat) or pat[start] == '*':
        return 0
    if pat[start] == '?':
        return 1
    if pat[start] != '[':
        return 1 if pat[start] == letter else 0
    first = start + 1
    negated = pat[first:first + 1] == '!'
    if negated:
        first += 1
    end = pat.find(']', first + 1)
    if end < 0:
        return 1 if letter == '[' else 0
    return end + 1 - start if _in_set(letter, pat[first:end]) != negated else 0


def _in_set(letter, letters):
    at = 0
    while at < len(letters):
        if letters[at + 1:at + 2] == '-' and at + 2 < len(letters):
            if letters[at] <= letter <= letters[at + 2]:
                return True
            at += 3
        else:
            if letters[at] == letter:
                return True
            at += 1
    return False
