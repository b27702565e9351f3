"""Does long work as the window asks for it: a piece at a time, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sf_desktop.ops.office import Office
from sf_desktop.ops.pieces import Pieces, Steps, go_on
from tests.builders.offices import transaction

R = TypeVar("R")


def worked(office: Office, steps: Callable[[], Steps[R]]) -> R:
    """Do all of it."""
    pieces = Pieces(steps)
    while not pieces.is_done:
        with transaction(office.connection):
            go_on(office, pieces)
    return pieces.result
