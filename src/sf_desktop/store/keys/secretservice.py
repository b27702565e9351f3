"""The Secret Service as a keyring that does not wait for ever: a service that has died holds a call for two minutes.

The bus waits that long for a service that it starts, and for a service that hangs without end. Only answers are
bounded: a question on the screen waits for the person. Frees us: a secretstorage with a time limit for every call (3.5
has one for questions only), and a keyring that hands it on.
"""

from __future__ import annotations

from typing import Any

import secretstorage
from jeepney import Message
from jeepney.io.blocking import DBusConnection
from keyring.backends.SecretService import Keyring
from keyring.errors import InitError, KeyringLocked
from secretstorage.exceptions import SecretStorageException


class PatientKeyring(Keyring):
    """As the library's, but answers must come in time (``TimeoutError``), and an error leaves no connection open."""

    def __init__(self, patience_s: float) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring 25.7
        self._patience_s = patience_s

    def get_preferred_collection(self) -> secretstorage.Collection:
        bus = secretstorage.dbus_init()
        _bound(bus, self._patience_s)
        try:
            return _unlocked(bus)
        except BaseException:
            bus.close()
            raise


def _unlocked(bus: DBusConnection) -> secretstorage.Collection:
    try:
        collection = secretstorage.get_default_collection(bus)
    except SecretStorageException as cause:
        raise InitError("no collection") from cause
    if collection.is_locked():
        collection.unlock()
        if collection.is_locked():
            raise KeyringLocked("still locked")
    return collection


def _bound(bus: DBusConnection, patience_s: float) -> None:
    """Give every call over this connection a time limit: what calls has none to pass on."""
    ask = bus.send_and_get_reply

    def ask_in_time(message: Message, *, timeout: float | None = None) -> Any:
        return ask(message, timeout=patience_s if timeout is None else timeout)

    bus.send_and_get_reply = ask_in_time
