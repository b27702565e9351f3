"""What the lock screen needs of the vault, so that it can be shown and tried without one."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class LockState:
    """What is known before the passphrase: whose vault it is, and how long until the next try.

    `who` is the name under which the person signs in, as stored outside the vault, or empty.
    """

    who: str = ""
    council: str = ""
    wait_s: int = 0
    is_pretend: bool = False


class Unlocking(Protocol):
    """Both run off the GUI thread and need no network. They raise SfError."""

    def look(self) -> Future[LockState]: ...

    def unlock(self, passphrase: str) -> Future[Any]: ...


# What may be done about an error that the passphrase cannot mend: (way, its button). The program offers what it can.
WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "secret_missing": (("recover", "Start a recovery"), ("hand_in", "Hand in unsent work")),
    "locked_out": (("recover", "Start a recovery"), ("hand_in", "Hand in unsent work")),
    "slots_damaged": (("recover", "Start a recovery"), ("hand_in", "Hand in unsent work")),
    "slots_missing": (("recover", "Start a recovery"), ("hand_in", "Hand in unsent work")),
    "slots_rolled_back": (("recover", "Start a recovery"),),
    "slots_weak": (("recover", "Start a recovery"),),
    "vault_damaged": (("set_aside", "Set it aside and download again"), ("hand_in", "Hand in unsent work")),
    "vault_missing": (("set_aside", "Set it aside and download again"), ("hand_in", "Hand in unsent work")),
}
