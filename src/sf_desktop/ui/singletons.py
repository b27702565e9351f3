"""Keeps None, True and False alive under PySide6 6.12.0 on Python 3.11, where every call into Qt loses a reference.

Its wheels are built as if these were immortal, which they are from Python 3.12 on; on 3.11 a call such as `update()`
takes one reference to None and never gives it back, and after some thousand calls the interpreter aborts with
"none_dealloc: deallocating None". Measured: 100 calls lose 100 references in 6.12.0, none in 6.11.3 and 6.10.3.
Frees us: a PySide6 that counts again, or the end of Python 3.11 here.
"""

from __future__ import annotations

import ctypes
import sys

import PySide6

_AFFECTED = (6, 12)
_ENOUGH = 1 << 40


def keep_singletons() -> bool:
    """Give the singletons more references than can be lost. True if this machine needed it."""
    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    if sys.version_info >= (3, 12) or version < _AFFECTED or sys.getrefcount(None) > _ENOUGH // 2:
        return False
    for single in (None, True, False, NotImplemented, Ellipsis):
        # The count is the first field of every CPython 3.11 object.
        ctypes.c_ssize_t.from_address(id(single)).value += _ENOUGH
    return True
