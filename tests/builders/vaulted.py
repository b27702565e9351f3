"""Builds laptops of a town whose vault is a real one, with its thread, keys and files, to be read from outside."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from sf_desktop.ops.drafts.begun import begun
from sf_desktop.ops.leaving.releasing import Releasing, Told, send_receipts
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import DATABASE, Keys
from sf_desktop.store.lifecycle.opening import SEALING_KEY
from sf_desktop.store.rounds import release
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.vault import Vault
from sf_record.dates import moment_text
from tests.builders.laptops import Credentials, Laptop
from tests.builders.towns import Town
from tests.builders.vaults import build_vault
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD, RunningCouncil

_PAGE, _RESERVE, _IV, _SALT = 4096, 80, 16, 16
_MOST_STEPS = 400


class AtOnce:
    """A timer for tests: what should happen later happens now."""

    def __init__(self, _wait_s: float, happen: Callable[[], None]) -> None:
        happen()

    def cancel(self) -> None:
        """It has happened."""


class VaultedLaptop(Laptop):
    """One worker's laptop. Everything is real but its clock and its keyring."""

    def open_vault(self) -> VaultedLaptop:
        """Take a real vault in place of the connection."""
        self.built = build_vault(self.folder / "real")
        self._opened(self.built.open())
        return self

    def reopen(self) -> None:
        """Close the vault and open it again, as after a lock."""
        assert self.vault.close()
        self._opened(self.built.open())

    def seal_to(self, council: RunningCouncil) -> None:
        """Seal to this council's key from now on: a built vault seals to a key of its own."""
        key = base64.b64decode(council.council.keys.sealing)
        assert self.vault.close()
        raw = self.built.open()
        pin = "UPDATE meta SET value = ? WHERE name = ?"
        raw.do(lambda tx: tx.connection.execute(pin, (key, SEALING_KEY))).result()
        assert raw.close()
        self._opened(self.built.open())
        self.vault.keep_drafts_sealed(lambda tx: begun(self.office(tx))).result()

    def release(self) -> None:
        """Let what may leave leave, to the end, as the session does after a round."""
        releasing = Releasing(self.vault, self.office, Told(lambda _: None, lambda _: None), AtOnce)
        releasing.look()
        settle(self.vault)

    def send_receipts(self) -> None:
        """Run the errand that hands the council the receipts."""
        send_receipts(self.vault, self.session, lambda: moment_text(self.clock.now()))

    def pages(self) -> bytes:
        """Return every page of the database as it lies on the disk, decrypted, with what is left between the rows."""
        return decrypted(self.built.home, self.built.unlock())

    def _opened(self, vault: Vault) -> None:
        self.vault = vault
        self.ledger = VaultLedger(vault, self.clock)
        self.connect()


def vaulted(town: Town, username: str = "practitioner", *, clock: FrozenClock | None = None) -> VaultedLaptop:
    """Return an enrolled laptop that holds its caseload in a real vault."""
    who = Credentials(username, PASSWORD, town.council.code(username))
    folder = town.folder / f"vaulted-{username}"
    laptop = VaultedLaptop(folder, town.network.address, who, clock or town.clock, seed=40)
    laptop.open_vault().enrol()
    laptop.round()
    return laptop


def settle(vault: Vault) -> None:
    """Wait until nothing leaves any more: each question goes behind what was asked before it."""
    for _ in range(_MOST_STEPS):
        every = vault.read(lambda tx: release.leaving(tx.connection), urgent=False).result()
        if all(each.stage is release.Stage.WAITING for each in every):
            break
    for _ in range(3):
        vault.read(lambda _: None, urgent=False).result()


def decrypted(home: VaultHome, keys: Keys) -> bytes:
    """Decrypt a database page by page (AES-256-CBC; at each page's end its IV and its code)."""
    key = bytes(keys.subkey(DATABASE))
    content = home.database.read_bytes()
    plain = b""
    for start in range(0, len(content), _PAGE):
        page = content[start : start + _PAGE]
        body = page[_SALT if start == 0 else 0 : _PAGE - _RESERVE]
        iv = page[_PAGE - _RESERVE : _PAGE - _RESERVE + _IV]
        reader = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        plain += reader.update(body) + reader.finalize()
    return plain


def every_byte(folder: Path) -> bytes:
    """Return what lies in all files of a folder."""
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())
