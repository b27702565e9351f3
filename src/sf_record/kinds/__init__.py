"""The kinds of record, one file each: importing this package registers every module in it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from sf_record.description import KINDS  # noqa: TID251 - here they are registered

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["KINDS"]
