"""What the lock screen needs of the vault, so that it can be shown and tried without one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sf_desktop.ui.kit.fields.new_passphrase import Verdict


@dataclass(frozen=True, slots=True)
class LockState:
    """What is known before the passphrase: whose vault it is, and how long until the next try.

    `who` is the name under which the person signs in, as stored outside the vault, or empty.
    """

    who: str = ""
    council: str = ""
    wait_s: int = 0
    is_pretend: bool = False
    tries_left: int | None = None  # only where some have been used up
    is_changing: bool = False  # a change of the passphrase was asked for, and nobody was told what became of it
    needs_signal: bool = False  # its lease has run out: the council is asked before anything opens


@dataclass(frozen=True, slots=True)
class RecoveryAsked:
    """What is given to whoever answers: lines to read aloud, and the laptop's number at the council, if it is known.

    ``slots`` are files that may hold a newer key than the council has, sealed to it.
    """

    code: str
    laptop: str = ""
    slots: tuple[Path, ...] = ()


class Unlocking(Protocol):
    """Both run off the GUI thread, and need no network until the lease has run out. They raise SfError."""

    def look(self) -> Future[LockState]: ...

    def unlock(self, passphrase: str, password: str = "") -> Future[Any]:
        """``password`` is the council's, where the lease has run out and the sign-in too (``NEEDS_PASSWORD``)."""
        ...


class Recovering(Protocol):
    """Opening without the passphrase, with the council's answer. Futures raise SfError."""

    def request_recovery(self, *, anew: bool = False) -> Future[RecoveryAsked]: ...

    def recover(self, answer: str, passphrase: str) -> Future[Any]: ...

    def judge(self, passphrase: str) -> Verdict: ...


# The lease has run out, and the council wants to be signed in to: its password is asked for beside the passphrase.
NEEDS_PASSWORD = frozenset({"lease_sign_in", "sign_in_refused", "too_many_attempts"})


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
    "lease_ended": (("begin", "Go on"),),
    "wiped": (("begin", "Go on"),),
    "device_revoked": (("hand_in", "Hand in unsent work"),),
    "worker_disabled": (("hand_in", "Hand in unsent work"),),
}
