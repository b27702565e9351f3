"""Judges a passphrase for whoever is choosing one, and changes that of an open vault."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from sf_desktop.clock import Clock
from sf_desktop.store.unlock import passphrases
from sf_desktop.store.unlock.asked import forget_asked, keep_asked
from sf_desktop.store.unlock.lockout import Lockout
from sf_desktop.store.unlock.unlocking import checked_change
from sf_desktop.store.vault import Vault

_LEVELS = {
    passphrases.Strength.TOO_EASY: 0,
    passphrases.Strength.FAIR: 1,
    passphrases.Strength.GOOD: 2,
    passphrases.Strength.STRONG: 3,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of a passphrase."""

    words: str
    level: int
    problems: tuple[str, ...] = ()


def judged(passphrase: str, known: tuple[str, ...] = ()) -> Verdict:
    """Say what a passphrase is worth; ``known`` are words that others know. At once, in the caller's thread."""
    found = passphrases.problems(passphrase, known)
    strength = passphrases.strength(passphrase, known)
    return Verdict(strength.value, _LEVELS[strength], found)


class PassphraseChange:
    """Changes the passphrase of an open vault, on a thread of its own: Argon2id takes a second for each of the two."""

    def __init__(self, vault: Vault, clock: Clock, username: str = "") -> None:
        self._vault, self._clock, self._known = vault, clock, (username,) if username else ()
        self._thread: ThreadPoolExecutor | None = None
        self._lockout: Lockout | None = None
        self._is_closed = False

    def change(self, old: str, new: str) -> Future[None]:
        """Try the old one, then put the new one in its place; InputError or VaultError, and nothing is changed then."""
        return self._of_its_own.submit(self._change, old, new)

    def told(self) -> None:
        """Whoever asked was told what became of it, there or after a lock; nothing is waited for."""
        if not self._is_closed:
            self._of_its_own.submit(forget_asked, self._vault.home)

    @property
    def _of_its_own(self) -> ThreadPoolExecutor:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "passphrase")
        return self._thread

    def close(self) -> None:
        """Wait for a change that is being made: it ends with both slots written, or with none."""
        self._is_closed = True
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)

    def _change(self, old: str, new: str) -> None:
        passphrases.check_passphrase(new, self._known)
        home, secrets = self._vault.home, self._vault.secrets
        if self._lockout is None:
            self._lockout = Lockout(home, secrets, self._clock)
        kek, salt = checked_change(home, secrets, self._lockout, old, new)
        keep_asked(home, secrets)
        self._vault.rewrap(kek, salt).result()
