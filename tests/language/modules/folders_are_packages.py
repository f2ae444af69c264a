"""Folders without __init__.py are packages too."""
import sys

import folders
import folders.leaf
from folders.inner import deep

print(folders.__name__, folders.__package__, [path.rpartition("/")[2] for path in folders.__path__])
print(hasattr(folders, "__file__"), folders.leaf.name, deep.name, deep.leaf is folders.leaf)
try:
    import folders.missing
except ModuleNotFoundError as error:
    print(error, error.name)
print(sys, type(sys)("sys"))
