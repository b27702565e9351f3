"""Stretches the same passphrase with the same salt at the same cost only once in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import low_level


@contextmanager
def stretched_once() -> Iterator[None]:
    """Remember what Argon2id made of what: the checks of a row unlock copies of one vault again and again.

    It answers the same to the same question, so nothing is tried less; children that are killed stretch for themselves.
    """
    stretch = low_level.hash_secret_raw
    low_level.hash_secret_raw = cache(stretch)
    try:
        yield
    finally:
        low_level.hash_secret_raw = stretch
