"""Runs verbs on the vault thread, each in one transaction, and gives each the office as its first argument."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar, TypeVarTuple

from sf_desktop.ops.office import Office, is_reading
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class OfficeRunner:
    """What the desk submits verbs to. Verbs marked with ``reads`` write nothing to the disk."""

    def __init__(self, vault: Vault, office: Callable[[Tx], Office]) -> None:
        self._vault = vault
        self._office = office

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]:
        """Run ``verb(office, *args)`` before everything that nobody waits for."""
        run = self._vault.read if is_reading(verb) else self._vault.do
        return run(lambda tx: verb(self._office(tx), *args))
