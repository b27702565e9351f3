"""A disk that takes no larger file than so many bytes: what goes beyond fails as on a full one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def little_room(most_bytes: int) -> Iterator[None]:
    """Let no file of this process grow beyond that. Not on Windows, which has no such limit."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
