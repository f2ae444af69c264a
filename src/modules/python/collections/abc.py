"""The abstract classes of containers, functions and iterators."""

from _collections_abc import *
from _collections_abc import __all__
