"""Collects garbage as the program does: once a second, in one thread (``sf_desktop.ui.kit.garbage``)."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sf_desktop.ui.kit.garbage import EVERY_MS, collect_what_is_due


@contextmanager
def collected_beside() -> Iterator[None]:
    """Take the collector over; the limits of the figures are measured so too."""
    has_ended = threading.Event()
    gc.disable()
    thread = threading.Thread(target=_collect, args=(has_ended,), name="garbage", daemon=True)
    thread.start()
    try:
        yield
    finally:
        has_ended.set()
        thread.join()
        gc.enable()


def _collect(has_ended: threading.Event) -> None:
    while not has_ended.wait(EVERY_MS / 1_000):
        collect_what_is_due()
