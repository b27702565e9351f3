"""Keeps small secrets in the operating system's keyring, chosen by class, and refuses one that cannot be trusted.

Never ``keyring.get_keyring()``: the environment, ``keyringrc.cfg`` or an installed ``keyrings.alt`` can swap what it
returns, and the null backend accepts writes and returns nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from sf_record.errors import SfError

if TYPE_CHECKING:
    from uuid import UUID

    from keyring.backend import KeyringBackend

_T = TypeVar("_T")
_SERVICE = "strengthening-families"
PATIENCE_S = 15.0  # for an answer of a Secret Service
_ACCOUNT = "vault"


class SecretStore(Protocol):
    """Somewhere that keeps short texts (under 200 characters) for one vault. Every failure is a VaultError."""

    def get(self, name: str) -> str | None:
        """Return what was set, or None when there is nothing."""
        ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None:
        """Remove it; what is not there is removed."""
        ...


class KeyringSecrets:
    """The secrets of one vault in the keyring of this computer account.

    Each secret has a service name of its own: Windows' store keeps one account per service, and the library's way
    round that moves secrets about (keyring issue 47).
    """

    def __init__(self, backend: KeyringBackend, vault_id: UUID) -> None:
        self._backend = backend
        self._vault = vault_id.hex

    def get(self, name: str) -> str | None:
        return _guarded(lambda: self._backend.get_password(self._service(name), _ACCOUNT))

    def set(self, name: str, value: str) -> None:
        _guarded(lambda: self._backend.set_password(self._service(name), _ACCOUNT, value))

    def delete(self, name: str) -> None:
        if self.get(name) is not None:
            _guarded(lambda: self._backend.delete_password(self._service(name), _ACCOUNT))

    def _service(self, name: str) -> str:
        return f"{_SERVICE}/{self._vault}/{name}"


def system_secrets(vault_id: UUID, patience_s: float = PATIENCE_S) -> SecretStore:
    """Return the secrets of one vault in this computer's real keyring; VaultError where there is none.

    ``patience_s``: how long a Secret Service may take for an answer, before it is ``keyring_silent``.
    """
    return KeyringSecrets(_guarded(lambda: _backend(patience_s)), vault_id)


def probe(store: SecretStore) -> None:
    """Write a random text, read it back and delete it; VaultError unless the store really keeps and forgets."""
    wanted = os.urandom(32).hex()
    store.set("probe", wanted)
    if store.get("probe") != wanted:
        raise _error("keyring_lies")
    store.delete("probe")
    if store.get("probe") is not None:
        raise _error("keyring_lies")


def _error(code: str) -> SfError:
    from sf_desktop.wording import error  # long to import, and the lock screen is painted without

    return error(code)


def _backend(patience_s: float) -> KeyringBackend:
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _macos()
    return _secret_service(patience_s)


def _secret_service(patience_s: float) -> KeyringBackend:
    from sf_desktop.store.keys.secretservice import PatientKeyring

    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not Path(f"/run/user/{os.getuid()}/bus").exists():
        raise _error("keyring_missing")
    _ = PatientKeyring.priority  # raises RuntimeError where no Secret Service answers on the bus
    return PatientKeyring(patience_s)


def _windows() -> KeyringBackend:
    from keyring.backends.Windows import WinVaultKeyring

    _ = WinVaultKeyring.priority
    backend = WinVaultKeyring()  # type: ignore[no-untyped-call]  # keyring 25.7
    backend.persist = "local machine"  # a roaming secret would leave this laptop with the profile
    return backend


def _macos() -> KeyringBackend:
    from keyring.backends.macOS import Keyring

    _ = Keyring.priority
    return Keyring()  # type: ignore[no-untyped-call]  # keyring 25.7


def _guarded(ask: Callable[[], _T]) -> _T:
    """Ask the keyring, and translate whatever it raises.

    Everything is caught: a full disk, a killed daemon or a hostile one raise raw D-Bus errors, ValueError, OSError and
    others that share no base (measured with keyring 25.7, secretstorage 3.5, jeepney 0.9). The cause is not chained,
    because D-Bus errors carry the message with the secret's attributes.
    """
    try:
        return ask()
    except SfError:
        raise
    except Exception as cause:  # noqa: BLE001 - see above; nothing is swallowed, it is named
        code = _code(cause)
    raise _error(code)


_CODES = {
    "NoKeyringError": "keyring_missing",
    "RuntimeError": "keyring_missing",
    "InitError": "keyring_missing",
    "FileNotFoundError": "keyring_missing",  # the bus's socket is gone
    "TimeoutError": "keyring_silent",
    "ConnectionError": "keyring_missing",
    "SecretServiceNotAvailableException": "keyring_missing",
    "KeyringLocked": "keyring_locked",
    "LockedException": "keyring_locked",
    "PromptDismissedException": "keyring_dismissed",
}


def _code(cause: BaseException) -> str:
    """Name the failure by the classes of the exception and of what it was raised from."""
    seen: BaseException | None = cause
    while seen is not None:
        for kind in type(seen).__mro__:
            if kind.__name__ == "PromptDismissedException":
                return "keyring_dismissed"
        seen = seen.__cause__
    for kind in type(cause).__mro__:
        if kind.__name__ in _CODES:
            return _CODES[kind.__name__]
    return "keyring_failed"
