"""A keyring in memory, for vaults that live as long as one run."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID


class MemoryKeyring:
    """The secrets of any number of vaults."""

    def __init__(self) -> None:
        self.entries: dict[tuple[UUID, str], str] = {}

    @classmethod
    def read(cls, path: Path) -> MemoryKeyring:
        """Read what :meth:`write` wrote: another process opens the vault then."""
        keyring = cls()
        keyring.entries = {(UUID(vault), name): value for vault, name, value in json.loads(path.read_bytes())}
        return keyring

    def write(self, path: Path) -> None:
        path.write_text(json.dumps([[str(vault), name, value] for (vault, name), value in self.entries.items()]))

    def of(self, vault_id: UUID) -> MemorySecrets:
        return MemorySecrets(self, vault_id)


class MemorySecrets:
    """The secrets of one vault."""

    def __init__(self, keyring: MemoryKeyring, vault_id: UUID) -> None:
        self._keyring = keyring
        self._vault_id = vault_id

    def get(self, name: str) -> str | None:
        return self._keyring.entries.get((self._vault_id, name))

    def set(self, name: str, value: str) -> None:
        self._keyring.entries[self._vault_id, name] = value

    def delete(self, name: str) -> None:
        self._keyring.entries.pop((self._vault_id, name), None)
