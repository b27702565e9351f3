"""The worker's own record of looks: whose file, when and how, from the laptop's audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sf_desktop.ops.families import families
from sf_desktop.ops.office import Office, day_begins, reads
from sf_desktop.store.tables import audit, records, tokens
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.wire.audit import AuditRow, Look, read_head

GONE = "A family file that has left this laptop"


@dataclass(frozen=True, slots=True)
class LookedFilter:
    """Which rows: with these words in the family's name, of the last so many days (0: all), one kind of look or all."""

    words: str = ""
    days: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class LookedRow:
    """One look. ``families``: whose files, as they are called now; ``record``: what kind of record, if one."""

    number: int
    at: str
    what: str
    families: tuple[str, ...]
    family_id: str
    record_id: str
    record: str
    count: int
    is_here: bool = True  # the file can be opened
    is_of_group: bool = False


@reads
def looked_numbers(office: Office, chosen: LookedFilter | None = None) -> tuple[int, ...]:
    """Return the numbers of the rows, newest first."""
    wanted = chosen or LookedFilter()
    since = day_begins(office.today() - timedelta(days=wanted.days - 1)) if wanted.days else ""
    of = frozenset(families.family_ids(office, wanted.words)) if wanted.words.strip() else None
    found = audit.numbers(office.connection, since, wanted.what)
    return tuple(number for number, ids in found if of is None or not of.isdisjoint(ids))


@reads
def looked_rows(office: Office, numbers: Sequence[int]) -> tuple[LookedRow, ...]:
    """Return these rows."""
    rows = audit.rows(office.connection, numbers)
    wanted = {each for row in rows for each in (*_families_of(row), row.record_id) if each}
    known = records.get_many(office.connection, tuple(wanted))
    return tuple(_row(row, known) for row in rows)


@dataclass(frozen=True, slots=True)
class LookedStanding:
    """How far the rows are: so many the council lacks, and the head of its own audit that it signed last (0: none)."""

    unsent: int
    council_number: int
    council_chain: str


@reads
def looked_standing(office: Office) -> LookedStanding:
    """Return how far the rows are with the council."""
    signed = audit.council_head(office.connection)
    who = tokens.identity(office.connection)
    head = read_head(who.council_id, signed.text) if signed is not None and who is not None else None
    return LookedStanding(
        audit.head(office.connection).number - audit.sent(office.connection),
        head.number if head is not None else 0,
        head.chain if head is not None else "",
    )


def _families_of(row: AuditRow) -> tuple[str, ...]:
    if row.what == Look.SEARCHED:
        return tuple(row.ids.split(" ")) if row.ids else ()
    return (row.family_id,) if row.family_id else ()


def _row(row: AuditRow, known: dict[str, Record]) -> LookedRow:
    record = known.get(row.record_id)
    kind = KINDS.get(record.kind) if record is not None and row.record_id != row.family_id else None
    return LookedRow(
        number=row.number,
        at=row.at,
        what=row.what,
        families=tuple(_name(known.get(each)) for each in _families_of(row)),
        family_id=row.family_id,
        record_id=row.record_id,
        record=kind.label if kind is not None else "",
        is_here=row.family_id in known,
        is_of_group=row.family_id in known and known[row.family_id].kind == "group",
        count=int(row.code) if row.code.isdecimal() and len(row.code) < 9 else 0,
    )


def _name(family: Record | None) -> str:
    return str(family.body.get("name") or "") if family is not None else GONE
