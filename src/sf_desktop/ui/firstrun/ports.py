"""What the first run needs of the rest of the program, so that it can be shown and tried without a council."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Council:
    """Who answers at the address."""

    name: str
    service: str = "Strengthening Families"


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be on this laptop: sizes are estimates, `until` is in words ("6 December 2026")."""

    families: int
    records: int
    megabytes: float
    until: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the first load is; `words` may say it better than the numbers."""

    done: int
    total: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of a passphrase: how strong in words, 0 to 3 as a bar, and what must be mended."""

    words: str
    level: int
    problems: tuple[str, ...] = ()


class Joining(Protocol):
    """All but `judge` run off the GUI thread and raise SfError.

    `load` may be asked again after an error or after `stop`: it goes on where it was. `report` is called with
    `Progress` from any thread.
    """

    def greet(self, address: str) -> Future[Council]: ...

    def sign_in(self, name: str, password: str, code: str) -> Future[Offer]: ...

    def judge(self, passphrase: str) -> Verdict: ...

    def create(self, passphrase: str) -> Future[Any]: ...

    def load(self, report: Callable[[Progress], None]) -> Future[Any]: ...

    def stop(self) -> None: ...
