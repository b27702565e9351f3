"""The laptop's audit as an errand sends it: each call is one transaction, behind everything that a person waits for."""

from __future__ import annotations

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sf_desktop.clock import Clock
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import audit, tokens
from sf_desktop.store.vault import Vault
from sf_desktop.wording import error
from sf_record.dates import moment_text
from sf_record.wire.audit import (
    AUDIT_HEAD,
    PAGE_ROWS,
    AuditAnswer,
    AuditRequest,
    Head,
    Look,
    Looked,
    head_text,
    read_head,
)
from sf_record.wire.orders import Signed, to_sign
from sf_record.wire.rounds import PROTOCOL


class AuditLedger:
    """What ``sync.auditing.Chain`` asks for. Used from the wire thread, which may wait for the vault."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault, self._clock = vault, clock

    def page(self, after: int | None) -> AuditRequest | None:
        """Return the next rows to send, with the signed head that they lead to; None where there are none."""
        return self._vault.read(lambda tx: _page(tx.connection, after, self._at()), urgent=False).result()

    def first(self) -> int:
        """Return the number before the first row that is still here."""
        return self._vault.read(lambda tx: audit.base(tx.connection).number, urgent=False).result()

    def taken(self, number: int, answer: AuditAnswer) -> None:
        """Note that the council has the rows up to this number, and the head that it gave of its own audit."""

        def note(connection: Connection) -> None:
            audit.sent_to(connection, number)
            _hear_council(connection, answer.council, self._at())

        self._vault.do(lambda tx: note(tx.connection), urgent=False).result()

    def resume(self, agreed: int, council: Head) -> None:
        """Go on after what the council holds: an older vault was put back here."""
        self._vault.do(lambda tx: audit.resume(tx.connection, agreed, council, self._at()), urgent=False).result()

    def _at(self) -> str:
        return moment_text(self._clock.now())


def _page(connection: Connection, after: int | None, at: str) -> AuditRequest | None:
    rows = audit.rows_after(connection, audit.sent(connection) if after is None else after, PAGE_ROWS)
    who = tokens.sign_in(connection)
    if not rows:
        return None
    if who is None:
        raise error("not_enrolled")
    text = head_text(who.device_id, Head(number=rows[-1].number, chain=rows[-1].chain), at)
    signature = Ed25519PrivateKey.from_private_bytes(who.device_key).sign(to_sign(AUDIT_HEAD, text))
    head = Signed(text=text, signature=base64.b64encode(signature).decode())
    return AuditRequest(protocol=PROTOCOL, rows=tuple(rows), head=head, council=audit.council_head(connection))


def _hear_council(connection: Connection, given: Signed, at: str) -> None:
    """Keep the council's newest head; where it contradicts the one before, the chain says so for ever."""
    who = tokens.identity(connection)
    if who is None or not _is_signed(given, who.policy_key):
        return
    said = read_head(who.council_id, given.text)
    kept = audit.council_head(connection)
    before = read_head(who.council_id, kept.text) if kept is not None else None
    if said is None or said == before:
        return
    if before is not None and said.number <= before.number:
        code = f"{before.number} {before.chain}"
        audit.append(connection, (Looked(at, Look.COUNCIL_DIFFERS, code=code),))
    audit.keep_council_head(connection, said, given)


def _is_signed(signed: Signed, policy_key: str) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(policy_key))
        key.verify(base64.b64decode(signed.signature, validate=True), to_sign(AUDIT_HEAD, signed.text))
    except (InvalidSignature, ValueError):
        return False
    return True
