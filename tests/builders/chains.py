"""Makes an audit as a laptop chains and signs it, and tampers with its rows, for tests of both sides."""

from __future__ import annotations

import base64
import random
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from sf_record.dates import moment_text
from sf_record.ids import new_id
from sf_record.wire.audit import AUDIT_HEAD, AuditAnswer, AuditRow, Head, head_text, linked
from sf_record.wire.orders import Signed, to_sign
from tests.fakes.laptop import PretendLaptop, plain

HOWS = ("edited", "deleted", "inserted", "reordered", "last")


def chained(laptop: PretendLaptop, count: int, family_id: str = "", before: Head | None = None) -> list[AuditRow]:
    """Rows as a laptop makes them, after a head."""
    at, rows = before or Head(), []
    for _ in range(count):
        now = laptop.council.clock.now()
        row = AuditRow(
            number=at.number + 1,
            at=moment_text(now),
            what="family_opened",
            family_id=family_id,
            record_id=new_id(now, secrets.token_bytes(10)),
            chain="",
        )
        row = replace(row, chain=linked(at.chain, row))
        rows.append(row)
        at = Head(number=row.number, chain=row.chain)
    return rows


def head_of(rows: Sequence[AuditRow]) -> Head:
    return Head(number=rows[-1].number, chain=rows[-1].chain) if rows else Head()


def signed_head(laptop: PretendLaptop, head: Head) -> Signed:
    text = head_text(laptop.device_id, head, moment_text(laptop.council.clock.now()))
    return Signed(text=text, signature=base64.b64encode(laptop.key.sign(to_sign(AUDIT_HEAD, text))).decode())


def give(laptop: PretendLaptop, rows: Sequence[AuditRow], **more: Any) -> AuditAnswer:
    """Give rows to the council as an errand does."""
    body = {"protocol": 1, "rows": list(rows), "head": signed_head(laptop, head_of(rows)), **more}
    answer = laptop.send("POST", "/v1/audit", body)
    assert answer.status_code == 200, answer.content
    return msgspec.json.decode(plain(answer), type=AuditAnswer)


def tampered(how: str, rows: Sequence[AuditRow], dice: random.Random) -> tuple[int, list[AuditRow]]:
    """Tamper with rows; return the first number that is then wrong, and the rows."""
    place = dice.randrange(len(rows))
    changed = list(rows)
    if how == "edited":
        name = dice.choice(("at", "what", "family_id", "record_id", "code", "ids", "chain"))
        changed[place] = replace(rows[place], **{name: getattr(rows[place], name) + "x"})
    elif how == "deleted":
        del changed[place]
    elif how == "last":
        place = len(rows) - 1
        del changed[place]
    elif how == "inserted":
        changed.insert(place, replace(rows[place], code=rows[place].code + "x"))
    else:
        other = dice.choice([each for each in range(len(rows)) if each != place])
        changed[place], changed[other] = changed[other], changed[place]
        place = min(place, other)
    return rows[place].number, changed
