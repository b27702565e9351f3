"""What the first run needs of the rest of the program, so that it can be shown and tried without a council."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from sf_desktop.ops.firstrun.joining import CouncilFound as Council
from sf_desktop.ops.firstrun.joining import Offer, Progress
from sf_desktop.ops.firstrun.passphrases import Verdict

__all__ = ["Council", "Joining", "Offer", "Progress", "Verdict"]


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
