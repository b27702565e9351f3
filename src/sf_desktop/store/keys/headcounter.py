"""Notices an old database file put back: a counter that only goes up, in the database and, with a MAC, in the keyring.

SQLCipher's page codes do not notice a whole old file. Every write transaction adds one to the head in the database; a
recorder thread copies the newest value into the keyring a little later, because a keyring takes longer than a save. A
head in the database that is lower than the keyring's is an old file. What an attacker can still do: put back a file
*and* the keyring's entry of the same moment, or one from within the last few seconds. That only the council can notice.
"""

from __future__ import annotations

import hmac
import logging
import threading
from hashlib import sha256

from sf_desktop.store.keys.derivation import HEAD_MAC, overwrite, subkey
from sf_desktop.store.keys.keyrings import SecretStore
from sf_record.errors import SfError

_HEAD = "head"
_LAG_S = 5.0
_MOST_DIGITS = 18
_log = logging.getLogger(__name__)


class KeptHead:
    """The head as the keyring has it. A value that was not written with this vault's key counts as none."""

    def __init__(self, secrets: SecretStore, vault: bytes, mac_key: bytearray) -> None:
        self._secrets = secrets
        self._vault = vault
        self._mac_key = mac_key

    def read(self) -> int | None:
        number, _, code = (self._secrets.get(_HEAD) or "").partition(".")
        if not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
            return None
        return int(number) if hmac.compare_digest(code.encode(), self._code(int(number)).encode()) else None

    def write(self, head: int) -> None:
        self._secrets.set(_HEAD, f"{head}.{self._code(head)}")

    def forget(self) -> None:
        overwrite(self._mac_key)

    def _code(self, head: int) -> str:
        return hmac.new(self._mac_key, self._vault + head.to_bytes(8, "big"), sha256).hexdigest()


def pass_on(secrets: SecretStore, vault: bytes, deks: tuple[bytearray, bytearray], to: bytearray) -> None:
    """Write the kept head again under another data key, while the data key is being replaced and both are at hand."""
    known = [KeptHead(secrets, vault, subkey(dek, HEAD_MAC)).read() for dek in deks]
    heads = [number for number in known if number is not None]
    if heads:
        KeptHead(secrets, vault, subkey(to, HEAD_MAC)).write(max(heads))


class HeadRecorder:
    """The thread that copies the newest head into the keyring, at most every few seconds, and once more at the end."""

    def __init__(self, kept: KeptHead) -> None:
        self._kept = kept
        self._newest = 0
        self._written = 0
        self._is_closing = False
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vault-head", daemon=True)
        self._thread.start()

    def reached(self, head: int) -> None:
        with self._changed:
            self._newest = max(self._newest, head)
            self._changed.notify()

    def close(self, timeout_s: float) -> bool:
        """Write the newest head and end; False if the keyring did not answer in time: the next start is not alarmed."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        self._stop.set()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._newest > self._written or self._is_closing)
                head, is_last = self._newest, self._is_closing
            if head > self._written:
                self._write(head)
            if is_last:
                self._kept.forget()
                return
            self._stop.wait(_LAG_S)

    def _write(self, head: int) -> None:
        try:
            self._kept.write(head)
        except SfError as cause:
            _log.warning("head_not_recorded code=%s", cause.code)
        else:
            self._written = head
