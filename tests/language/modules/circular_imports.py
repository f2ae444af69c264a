"""Modules that import each other are told of as what they are: half made."""

import sys

for name in ("asks_by_name", "asks_by_attribute"):
    try:
        __import__("circles." + name)
    except (ImportError, AttributeError) as error:
        print(type(error).__name__, str(error).partition(" (/")[0])
    print(sorted(name for name in sys.modules if name.startswith("circles.")))
import string

try:
    from string import missing
except ImportError as error:
    print(str(error).partition(" (")[0])
