"""Takes a laptop's own audit, row after row, and gives it the signed head of the council's: each holds the other."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from sf_council.api.exchange.bodies import decoded, packed
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proven, proven
from sf_council.api.problems import Declined
from sf_council.database import audit
from sf_council.database.laptop import devices, laptop_audit
from sf_council.signed import is_signed
from sf_record.ids import is_id
from sf_record.wire.audit import (
    AUDIT_HEAD,
    PAGE_ROWS,
    AuditAnswer,
    AuditRequest,
    AuditRow,
    Head,
    head_text,
    is_moment,
    read_head,
)
from sf_record.wire.orders import Signed

router = APIRouter()
_CODE_CHARACTERS = 120
_IDS_CHARACTERS = 2_000
_LARGEST = 2**62


@router.post(
    "/v1/audit",
    **documented(
        "Add to this laptop's audit",
        takes=AuditRequest,
        gives=AuditAnswer,
        declines=signed_in("version_refused", "version_ahead"),
    ),
)
async def take(request: Request, asked: Proven = Depends(proven)) -> Response:
    """Keep the rows, or say why they cannot follow what is here. The same rows again change nothing."""
    body = decoded(request, asked.body, AuditRequest)
    if len(body.rows) > PAGE_ROWS:
        raise Declined("body_too_large")
    if not all(map(_is_sound, body.rows)):
        raise Declined("body_invalid", fields=("rows",))
    answer = await asked.council.database.writing(lambda connection: _Taking(connection, asked, body).answer())
    return packed(request, msgspec.json.encode(answer))


def _is_sound(row: AuditRow) -> bool:
    """Say whether a row holds codes and ids and nothing else: nobody's name comes in by this way."""
    return (
        0 < row.number < _LARGEST
        and is_moment(row.at)
        and row.what.isascii()
        and row.what.replace("_", "").isalpha()
        and all(each == "" or is_id(each) for each in (row.family_id, row.record_id))
        and len(row.what) <= _CODE_CHARACTERS
        and len(row.code) <= _CODE_CHARACTERS
        and all(each.isalnum() or each in "_- .:" for each in row.code)
        and row.code.isascii()
        and len(row.ids) <= _IDS_CHARACTERS
        and all(each == "" or is_id(each) for each in row.ids.split(" "))
        and len(row.chain) == 64
        and row.chain.isascii()
        and row.chain.isalnum()
    )


class _Taking:
    """One request in one transaction."""

    def __init__(self, connection: Connection, asked: Proven, body: AuditRequest) -> None:
        self._connection, self._council, self._caller, self._body = connection, asked.council, asked.caller, body

    def answer(self) -> AuditAnswer:
        """Keep what may be kept; what is refused is reported once, in the council's own audit."""
        device_id, at = self._caller.device_id, self._council.at()
        laptop_audit.begin(self._connection, self._council.id, device_id, at)
        standing = laptop_audit.judge(self._connection, self._council.id, device_id, self._body.rows)
        refused = standing.refused or ("" if self._is_head_of_rows() else "head")
        here = standing.head
        new = [row for row in self._body.rows if row.number > here.number]
        if not refused and new:
            here = laptop_audit.add(self._connection, self._council.id, device_id, new, at)
            signed = {"text": self._body.head.text, "signature": self._body.head.signature}
            self._stand(number=here.number, chain=here.chain, received_at=at, **signed)
        self._report(refused)
        self._hear_witness()
        return AuditAnswer(
            at=at,
            number=here.number,
            chain=here.chain,
            refused=refused,
            agreed=standing.agreed,
            council=self._own_head(at),
        )

    def _is_head_of_rows(self) -> bool:
        """Say whether the laptop signed exactly the head that these rows lead to."""
        said = read_head(self._caller.device_id, self._body.head.text)
        row = devices.get(self._connection, self._council.id, self._caller.device_id)
        if said is None or row is None or not is_signed(self._body.head, AUDIT_HEAD, row.public_key):
            return False
        last = self._body.rows[-1] if self._body.rows else None
        return last is None or said == Head(number=last.number, chain=last.chain)

    def _stand(self, **values: object) -> None:
        laptop_audit.stand(self._connection, self._council.id, self._caller.device_id, **values)

    def _report(self, refused: str) -> None:
        before = laptop_audit.head(self._connection, self._council.id, self._caller.device_id)
        if before is not None and before.refused != refused:
            self._stand(refused=refused)
            self._note("laptop_audit_refused" if refused else "laptop_audit_resumed", refused)

    def _hear_witness(self) -> None:
        """Compare the own audit with the head that this laptop was given earlier; report once what is not so now."""
        shown = self._body.council
        if shown is None or not is_signed(shown, AUDIT_HEAD, self._council.keys.policy):
            return
        before = laptop_audit.head(self._connection, self._council.id, self._caller.device_id)
        said = read_head(self._council.id, shown.text)
        if before is None or said is None or before.witness == shown.text:
            return
        self._stand(witness=shown.text, witness_signature=shown.signature)
        if not audit.holds(self._connection, self._council.id, said):
            self._note("own_audit_differs", str(said.number))

    def _note(self, what: str, code: str) -> None:
        self._council.note(self._connection, self._caller, what, code=code)

    def _own_head(self, at: str) -> Signed:
        head = audit.head(self._connection, self._council.id)
        return self._council.policy.sign(AUDIT_HEAD, head_text(self._council.id, head, at))
