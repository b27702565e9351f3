"""Keyrings in memory: one that is honest, and ones that are locked, missing, forgetful, lying or gone half-way."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sf_desktop.wording import error


class MemoryKeyring:
    """An honest keyring of one computer account, holding the secrets of any number of vaults."""

    def __init__(self) -> None:
        self.entries: dict[tuple[UUID, str], str] = {}

    def of(self, vault_id: UUID) -> MemorySecrets:
        return MemorySecrets(self, vault_id)


class MemorySecrets:
    """The secrets of one vault in a :class:`MemoryKeyring`."""

    def __init__(self, keyring: MemoryKeyring, vault_id: UUID) -> None:
        self.keyring = keyring
        self.vault_id = vault_id

    def get(self, name: str) -> str | None:
        return self.keyring.entries.get((self.vault_id, name))

    def set(self, name: str, value: str) -> None:
        self.keyring.entries[self.vault_id, name] = value

    def delete(self, name: str) -> None:
        self.keyring.entries.pop((self.vault_id, name), None)


class NullSecrets(MemorySecrets):
    """Accepts every write and keeps nothing, as the null backend does."""

    def set(self, name: str, value: str) -> None:
        return


class LyingSecrets(MemorySecrets):
    """Gives back something else than it was given."""

    def get(self, name: str) -> str | None:
        kept = super().get(name)
        return kept and kept[::-1]


class StickySecrets(MemorySecrets):
    """Does not forget what it is told to delete."""

    def delete(self, name: str) -> None:
        return


class FailingSecrets(MemorySecrets):
    """Fails every call, or every one after the first ``after``, with one VaultError."""

    def __init__(self, keyring: MemoryKeyring, vault_id: UUID, code: str = "keyring_locked", after: int = 0) -> None:
        super().__init__(keyring, vault_id)
        self.code = code
        self.left = after

    def get(self, name: str) -> str | None:
        self._spend()
        return super().get(name)

    def set(self, name: str, value: str) -> None:
        self._spend()
        super().set(name, value)

    def delete(self, name: str) -> None:
        self._spend()
        super().delete(name)

    def _spend(self) -> None:
        if self.left == 0:
            raise error(self.code)
        self.left -= 1


class EventfulSecrets(MemorySecrets):
    """Lets something else of the program happen, once, while an entry of this name is being set."""

    def __init__(self, keyring: MemoryKeyring, vault_id: UUID) -> None:
        super().__init__(keyring, vault_id)
        self.meanwhile: dict[str, Callable[[], object]] = {}

    def set(self, name: str, value: str) -> None:
        self.meanwhile.pop(name, lambda: None)()
        super().set(name, value)


class FileSecrets:
    """An honest keyring in a file, for tests that kill the program: what was set before the kill is there after it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, name: str) -> str | None:
        return self._entries().get(name)

    def set(self, name: str, value: str) -> None:
        self._replace(self._entries() | {name: value})

    def delete(self, name: str) -> None:
        self._replace({key: value for key, value in self._entries().items() if key != name})

    def _entries(self) -> dict[str, str]:
        return dict(json.loads(self.path.read_text())) if self.path.exists() else {}

    def _replace(self, entries: dict[str, str]) -> None:
        fresh = self.path.with_suffix(f".{threading.get_ident()}")
        try:
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(entries))
            fresh.replace(self.path)
        except OSError as cause:
            raise error("keyring_failed") from cause
