"""The keyring: the real one on a bus of its own, and every kind of bad one refused before anything is made."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.derivation import DEVICE_SECRET, FLOOR, Keys
from sf_desktop.store.keys.keyrings import SecretStore, probe, system_secrets
from sf_desktop.store.lifecycle.creating import NewVault, create_vault
from sf_desktop.store.vault import Vault
from sf_desktop.wording import error
from sf_record.errors import VaultError
from tests.builders.vaults import OWNER, PASSPHRASE, build_vault
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FailingSecrets, LyingSecrets, MemoryKeyring, NullSecrets, StickySecrets
from tests.fakes.secret_service import SecretService, lacks_secret_service

VAULT = UUID(int=99)


@pytest.fixture(autouse=True)
def sockets_left_by_the_library() -> Iterator[None]:
    """keyring 25.7 closes its bus connection only when all went well; here, so that no later test is blamed for it."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[SecretService]:
    """A session bus and a Secret Service of this test's own."""
    if lacking := lacks_secret_service():
        pytest.skip(lacking)
    with SecretService(tmp_path) as service:
        yield service


def test_the_real_keyring_keeps_and_forgets(daemon: SecretService) -> None:
    store = system_secrets(VAULT)
    probe(store)
    store.set("pretend", "kept")
    assert system_secrets(VAULT).get("pretend") == "kept"
    assert system_secrets(UUID(int=98)).get("pretend") is None
    store.delete("pretend")
    store.delete("pretend")
    assert store.get("pretend") is None


def test_a_vault_lives_in_the_real_keyring(daemon: SecretService, tmp_path: Path) -> None:
    built = build_vault(tmp_path, system_secrets)
    text = built.secrets.get(DEVICE_SECRET)
    assert text is not None
    assert len(text) == 43
    assert built.open().close()


def test_a_killed_keyring_is_said_and_nothing_is_made_anew(daemon: SecretService, tmp_path: Path) -> None:
    built = build_vault(tmp_path, system_secrets)
    before = built.home.slot_a.read_bytes()
    daemon.kill()
    with pytest.raises(VaultError, match=r"keyring_(silent|failed|locked|dismissed)"):
        built.unlock()
    assert built.home.slot_a.read_bytes() == before


def test_a_locked_keyring_that_nobody_unlocks_is_said(daemon: SecretService) -> None:
    store = system_secrets(VAULT)
    store.set("pretend", "kept")
    daemon.lock()
    with pytest.raises(VaultError, match=r"keyring_(locked|dismissed)"):
        store.get("pretend")


def test_a_keyring_that_hangs_is_not_waited_for(daemon: SecretService) -> None:
    store = system_secrets(VAULT, patience_s=0.5)
    store.set("pretend", "kept")
    daemon.hang()
    with pytest.raises(VaultError, match="keyring_silent"):
        store.get("pretend")
    daemon.go_on()
    assert store.get("pretend") == "kept"


def test_no_bus_is_no_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nowhere")
    with pytest.raises(VaultError, match="keyring_missing"):
        system_secrets(VAULT)


def test_the_environment_cannot_swap_the_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nowhere")
    with pytest.raises(VaultError, match="keyring_missing"):
        system_secrets(VAULT)


@pytest.mark.parametrize("kind", [NullSecrets, LyingSecrets, StickySecrets])
def test_a_keyring_that_lies_is_refused_and_leaves_nothing(kind: type[NullSecrets], tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="keyring_lies"):
        _create(tmp_path, kind(MemoryKeyring(), VAULT))
    assert not (tmp_path / "vaults").exists()


@pytest.mark.parametrize("code", ["keyring_missing", "keyring_locked", "keyring_dismissed", "keyring_failed"])
def test_a_keyring_that_fails_says_which_way(code: str, tmp_path: Path) -> None:
    with pytest.raises(VaultError, match=code):
        _create(tmp_path, FailingSecrets(MemoryKeyring(), VAULT, code))
    assert homes(tmp_path / "vaults") == ()


def test_a_keyring_that_goes_away_at_any_step_leaves_no_half_vault(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    codes: set[str] = set()
    left_behind: list[Path] = []
    for steps in range(100):
        try:
            home, keys = _create(tmp_path, FailingSecrets(keyring, VAULT, "keyring_failed", after=steps))
        except VaultError as cause:
            codes.add(cause.code)
            left_behind += (tmp_path / "vaults").glob("*")
            keyring.entries.clear()
        else:
            break
    assert codes == {"keyring_failed"}
    assert left_behind == []
    assert homes(tmp_path / "vaults") == (home,)
    assert steps > 5
    keyring.entries = {(home.vault_id, name): value for (_, name), value in keyring.entries.items()}
    assert Vault.open(home, keyring.of(home.vault_id), keys).close()


def test_without_a_keyring_nothing_is_made(tmp_path: Path) -> None:
    """Whoever tries again and again on a computer without one fills its disk with nothing."""

    def none(_: UUID) -> SecretStore:
        raise error("keyring_missing")

    with pytest.raises(VaultError) as refused:
        create_vault(tmp_path / "vaults", none, NewVault(PASSPHRASE, OWNER), FrozenClock(), FLOOR)
    assert refused.value.code == "keyring_missing"
    assert not (tmp_path / "vaults").exists()


def _create(folder: Path, store: SecretStore) -> tuple[VaultHome, Keys]:
    new = NewVault(PASSPHRASE, OWNER, label="P. A.")
    return create_vault(folder / "vaults", lambda _: store, new, FrozenClock(), FLOOR)
