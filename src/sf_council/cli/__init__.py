"""The council's commands: ``sf-council serve``, ``migrate``, ``user``, ``team``, ``device``, ``allocate``, ``seed``."""

from sf_council.cli.entrance import main

__all__ = ["main"]
