"""An audit's row edited, deleted, inserted, reordered, in the laptop's vault and at the council: the first is named."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import delete, insert, select

from sf_council.database import audit as own_audit
from sf_council.database import tables as t
from sf_council.database.laptop import laptop_audit
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import audit
from sf_record.wire.audit import AuditRow, Head, Look, Looked, first_broken
from tests.builders.chains import HOWS, chained, give, head_of, tampered
from tests.builders.offices import open_vault, transaction
from tests.builders.soundness import first_broken_look
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.faults.frame import Row, Tally, Task

_AT = "2026-11-23T09:00:00.000000Z"
_ROWS = 30
Check = Callable[[Sequence[AuditRow]], int | None]


def run(task: Task) -> Tally:
    """Tamper with both keepings of a laptop's audit and with the council's own, in each try in one of the ways."""
    with RunningCouncil(task.folder / "council", clock=FrozenClock()) as council:
        laptop = PretendLaptop(council)
        assert laptop.enrol("practitioner").status_code == 200
        sent = chained(laptop, _ROWS)
        give(laptop, sent)
        vault = open_vault(task.folder)
        kept, own = _filled(vault), _own_rows(council)

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            how = HOWS[number % len(HOWS)]
            _is_named(how, sent, dice, lambda rows: first_broken(rows, Head(), head_of(sent)))
            _is_named(how, kept, dice, lambda rows: _broken_in_vault(vault, rows))
            _is_named(how, sent, dice, lambda rows: _broken_at_council(council, laptop, rows, head_of(sent)))
            _is_named(how, own, dice, lambda rows: _broken_in_own(council, rows))

        def untouched(_: Path) -> None:
            assert _broken_in_vault(vault, kept) is None
            assert _broken_at_council(council, laptop, sent, head_of(sent)) is None
            assert _broken_in_own(council, own) is None
            _is_named("edited", sent, task.dice("control"), lambda _: first_broken(sent, Head(), head_of(sent)))

        def without_a_head(_: Path) -> None:
            def check(rows: Sequence[AuditRow]) -> int | None:
                return first_broken(rows, Head(), head_of(rows))

            _is_named("last", sent, task.dice("control"), check)

        task.control("nothing tampered with", untouched, says="None named")
        task.control("no head to hold it against", without_a_head, says="None named")
        return task.each(attempt)


def _filled(vault: Connection) -> list[AuditRow]:
    """Fill a laptop's audit and take its guards away, as whoever has the open database may."""
    with transaction(vault):
        audit.append(vault, [Looked(_AT, Look.RECORD_OPENED, "family", "record", str(each)) for each in range(_ROWS)])
    for name in ("audit_never_changes", "audit_only_grows", "audit_stays"):
        vault.execute(f"DROP TRIGGER {name}")
    return list(audit.rows_after(vault, 0))


def _is_named(how: str, rows: Sequence[AuditRow], dice: random.Random, check: Check) -> None:
    number, changed = tampered(how, rows, dice)
    named = check(changed)
    assert named == number, f"{how}: {named} named, not {number}"


def _broken_in_vault(vault: Connection, rows: Sequence[AuditRow]) -> int | None:
    vault.execute("DELETE FROM audit")
    for place, row in enumerate(rows, start=1):
        values = (place, row.at, row.what, row.family_id, row.record_id, row.code, row.ids, row.chain)
        vault.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return first_broken_look(vault)


def _broken_at_council(
    council: RunningCouncil, laptop: PretendLaptop, rows: Sequence[AuditRow], head: Head
) -> int | None:
    council_id = council.council.id
    whose = {"council_id": council_id, "device_id": laptop.device_id, "received_at": ""}
    plain = [asdict(row) | {"number": place} | whose for place, row in enumerate(rows, start=1)]

    def put(connection: SqlConnection) -> int | None:
        mine = (t.laptop_audit.c.council_id == council_id) & (t.laptop_audit.c.device_id == laptop.device_id)
        undone = connection.begin_nested()
        connection.execute(delete(t.laptop_audit).where(mine))
        connection.execute(insert(t.laptop_audit), plain)
        found = laptop_audit.broken(connection, council_id, laptop.device_id, head)
        undone.rollback()
        return found

    return council.do(put)


def _own_rows(council: RunningCouncil) -> list[AuditRow]:
    """Return the council's own audit in the shape of a laptop's: its worker, laptop and subject in place of the ids."""
    council_id = council.council.id
    notes = [own_audit.Note("pretend", subject=str(number)) for number in range(_ROWS)]
    council.do(lambda c: own_audit.note_all(c, council_id, _AT, notes))
    asked = select(t.audit).where(t.audit.c.council_id == council_id).order_by(t.audit.c.number)
    return [
        AuditRow(
            number=row.number,
            at=row.at,
            what=row.what,
            family_id=row.worker_id or "",
            record_id=row.device_id or "",
            ids=row.subject or "",
            code=row.code,
            chain=row.chain,
        )
        for row in council.do(lambda c: c.execute(asked).all())
    ]


def _broken_in_own(council: RunningCouncil, rows: Sequence[AuditRow]) -> int | None:
    council_id = council.council.id
    plain = [
        {
            "council_id": council_id,
            "number": place,
            "at": row.at,
            "what": row.what,
            "worker_id": row.family_id,
            "device_id": row.record_id,
            "subject": row.ids,
            "code": row.code,
            "chain": row.chain,
        }
        for place, row in enumerate(rows, start=1)
    ]

    def put(connection: SqlConnection) -> int | None:
        undone = connection.begin_nested()
        connection.execute(delete(t.audit).where(t.audit.c.council_id == council_id))
        connection.execute(insert(t.audit), plain)
        found = own_audit.first_broken(connection, council_id)
        undone.rollback()
        return found

    return council.do(put)


ROW = Row(
    line=19,
    name="audit",
    after="an audit's row edited, deleted, inserted, reordered, the last cut off: in the vault, at the council",
    holds="detected, and the first bad row is named",
    full=1_000,
    suite=50,
    run=run,
)
