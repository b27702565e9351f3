"""The randomness that invented families are made from, as far as they need it: ``random.Random`` fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from sf_record.ids import RANDOM_BYTES, new_id

T = TypeVar("T")


class Randomness(Protocol):
    """What is asked of ``random.Random``; the same seed gives the same families."""

    def random(self) -> float: ...
    def randrange(self, start: int, stop: int, /) -> int: ...
    def choice(self, seq: Sequence[T], /) -> T: ...
    def sample(self, population: Sequence[T], k: int, /) -> list[T]: ...
    def lognormvariate(self, mu: float, sigma: float, /) -> float: ...
    def randbytes(self, n: int, /) -> bytes: ...


def pretend_id(randomness: Randomness, at: datetime) -> str:
    """Return an id as a laptop would have made it at that moment."""
    return new_id(at, randomness.randbytes(RANDOM_BYTES))
