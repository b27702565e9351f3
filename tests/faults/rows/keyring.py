"""A keyring that is wrong, locked, dead, hanging or hostile: a distinct message each, no new key, files unchanged."""

from __future__ import annotations

import os
import random
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from keyring.backend import KeyringBackend

from sf_desktop.store.folder.home import homes
from sf_desktop.store.keys.derivation import DEVICE_SECRET, FLOOR, new_device_secret
from sf_desktop.store.keys.keyrings import KeyringSecrets, SecretStore, system_secrets
from sf_desktop.store.keys.slotfile import TALLY_OFFSET
from sf_desktop.store.lifecycle.creating import NewVault, create_vault
from sf_record.errors import SfError
from tests.builders.vaults import OWNER, PASSPHRASE, BuiltVault, build_vault, note_ids
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FailingSecrets, LyingSecrets, MemoryKeyring, MemorySecrets, NullSecrets, StickySecrets
from tests.fakes.secret_service import SecretService, lacks_secret_service
from tests.faults.frame import Row, Tally, Task

_WRONG = "pretend teapot marble canal"


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble: what is done, and by which codes it may be told."""

    name: str
    codes: frozenset[str]
    make: Callable[[Path, random.Random], str]


def run(task: Task) -> Tally:
    """Make one kind of trouble in each try, in turn; each has vault and keyring of its own."""

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        trouble = _TROUBLES[number % len(_TROUBLES)]
        try:
            code = trouble.make(folder, dice)
        except AssertionError as loss:
            raise AssertionError(f"{trouble.name}: {loss}") from loss
        assert code in trouble.codes, f"{trouble.name}: told as {code or 'nothing at all'}"

    task.control("a new key for a missing one", _careless, says="wrong_passphrase")
    return task.each(attempt)


def _unlocking(built: BuiltVault, passphrase: str = PASSPHRASE) -> str:
    """Try to unlock; return the code of the refusal. What makes the vault openable must be as it was."""
    before = _unchangeable(built)
    try:
        built.unlock(passphrase).forget()
    except SfError as refusal:
        assert _unchangeable(built) == before, "a file changed"
        return refusal.code
    return ""


def _unchangeable(built: BuiltVault) -> tuple[str, ...]:
    """Both slots without their count of tries, the database, and how many vaults there are."""
    home = built.home
    slots = [path.read_bytes()[:TALLY_OFFSET] for path in (home.slot_a, home.slot_b)]
    found = [sha256(each).hexdigest() for each in (*slots, home.database.read_bytes())]
    return (*found, str(len(homes(home.folder.parent))), str(len(list(home.folder.parent.iterdir()))))


def _still_opens(built: BuiltVault) -> None:
    vault = built.open()
    assert note_ids(vault) == set()
    assert vault.close()


def _in_a_real_one(trouble: Callable[[SecretService, BuiltVault], str], folder: Path, dice: random.Random) -> str:
    """Make the trouble with a vault whose secret is in a gnome-keyring."""
    with SecretService(folder) as service:
        built = build_vault(folder / "laptop", partial(system_secrets, patience_s=1.0))
        return trouble(service, built)


def _wrong_passphrase(service: SecretService, built: BuiltVault) -> str:
    secret = built.secrets.get(DEVICE_SECRET)
    code = _unlocking(built, _WRONG)
    assert built.secrets.get(DEVICE_SECRET) == secret, "another key"
    _still_opens(built)
    return code


def _missing(service: SecretService, built: BuiltVault) -> str:
    built.secrets.delete(DEVICE_SECRET)
    code = _unlocking(built)
    assert built.secrets.get(DEVICE_SECRET) is None, "a new key was made"
    return code


def _locked(service: SecretService, built: BuiltVault) -> str:
    service.lock()
    return _unlocking(built)


def _killed(service: SecretService, built: BuiltVault) -> str:
    """The bus may start another in its place, which then is locked."""
    service.kill()
    return _unlocking(built)


def _hanging(service: SecretService, built: BuiltVault) -> str:
    service.hang()
    code = _unlocking(built)
    service.go_on()
    _still_opens(built)
    return code


def _no_bus(service: SecretService, built: BuiltVault) -> str:
    address = os.environ["DBUS_SESSION_BUS_ADDRESS"]
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere/at/all"
    try:
        return _unlocking(built)
    finally:
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
        _still_opens(built)


def _swapped_by_the_environment(service: SecretService, built: BuiltVault) -> str:
    """The null backend by the environment's word: nobody listens to it, and the vault opens."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    try:
        again = BuiltVault(built.home, system_secrets(built.home.vault_id), built.clock, built.council)
        return _unlocking(again)
    finally:
        del os.environ["PYTHON_KEYRING_BACKEND"]


def _mangled(service: SecretService, built: BuiltVault) -> str:
    built.secrets.set(DEVICE_SECRET, "not a secret at all")
    return _unlocking(built)


def _exchanged(service: SecretService, built: BuiltVault) -> str:
    """A secret of the right length that is not this laptop's opens nothing."""
    built.secrets.set(DEVICE_SECRET, urlsafe_b64encode(os.urandom(32)).decode().rstrip("="))
    return _unlocking(built)


class _Raw(KeyringBackend):
    """Raises what no library promised."""

    priority = 1.0

    def __init__(self, cause: Exception) -> None:
        self._cause = cause

    def get_password(self, service: str, username: str) -> Any:
        raise self._cause

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self._cause


def _raw_errors(folder: Path, dice: random.Random) -> str:
    built = build_vault(folder)
    cause = dice.choice((ValueError("pretend"), OSError(28, "pretend"), KeyError("pretend"), UnicodeError("pretend")))
    built.secrets = KeyringSecrets(_Raw(cause), built.home.vault_id)
    return _unlocking(built)


def _gone_half_way(folder: Path, dice: random.Random) -> str:
    """It fails after some calls of an unlocking; afterwards, with the keyring back, everything is as it was."""
    built = build_vault(folder)
    honest = built.secrets
    assert isinstance(honest, MemorySecrets)
    built.secrets = FailingSecrets(honest.keyring, built.home.vault_id, "keyring_failed", after=dice.randrange(5))
    code = _unlocking(built)
    built.secrets = honest
    _still_opens(built)
    return code


def _hostile_at_the_making(folder: Path, dice: random.Random) -> str:
    """One that keeps nothing, lies or forgets nothing is found out before anything is made."""
    store: SecretStore = dice.choice((NullSecrets, LyingSecrets, StickySecrets))(MemoryKeyring(), UUID(int=99))
    try:
        create_vault(folder / "vaults", lambda _: store, NewVault(PASSPHRASE, OWNER), FrozenClock(), FLOOR)
    except SfError as refusal:
        assert not (folder / "vaults").exists(), "something was made"
        return refusal.code
    return ""


def _careless(folder: Path) -> None:
    """A program that makes a new key where one is missing must be found."""
    built = build_vault(folder)
    built.secrets.delete(DEVICE_SECRET)
    new_device_secret(built.secrets)
    code = _unlocking(built)
    assert code == "secret_missing", code


def _real(name: str, codes: set[str], trouble: Callable[[SecretService, BuiltVault], str]) -> Trouble:
    return Trouble(name, frozenset(codes), partial(_in_a_real_one, trouble))


_TROUBLES = (
    _real("wrong passphrase", {"wrong_passphrase"}, _wrong_passphrase),
    _real("secret missing", {"secret_missing"}, _missing),
    _real("keyring locked, and its question unanswered", {"keyring_locked", "keyring_dismissed"}, _locked),
    _real("keyring killed", {"keyring_silent", "keyring_dismissed", "keyring_locked"}, _killed),
    _real("keyring hanging", {"keyring_silent"}, _hanging),
    _real("no bus", {"keyring_missing"}, _no_bus),
    _real("keyring swapped by the environment", {""}, _swapped_by_the_environment),
    _real("a secret that is none", {"keyring_lies"}, _mangled),
    _real("somebody else's secret", {"wrong_passphrase"}, _exchanged),
    Trouble("errors that nobody promised", frozenset({"keyring_failed"}), _raw_errors),
    Trouble("gone half-way", frozenset({"keyring_failed"}), _gone_half_way),
    Trouble("hostile when a vault is made", frozenset({"keyring_lies"}), _hostile_at_the_making),
)

ROW = Row(
    line=6,
    name="keyring",
    after="wrong passphrase, secret missing, keyring locked, killed, hanging, hostile",
    holds="a distinct message each, no new key, files unchanged",
    full=240,
    suite=12,
    run=run,
    lacks=lacks_secret_service,
)
