"""What is on this laptop, and until when: counts for each family file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sf_desktop.ops.families.closing import Closing, closing_of
from sf_desktop.ops.office import Office, day_of, reads
from sf_desktop.store.lease import tenures
from sf_desktop.store.queries import counts
from sf_desktop.store.rounds import release
from sf_desktop.store.rounds.release import Stage, Waits
from sf_desktop.store.tables import families, index, meta, records
from sf_record.dates import moment_text

_MOST_LEFT = 5


@dataclass(frozen=True, slots=True)
class FamilyOnLaptop:
    """The share of one family file, or of a group's."""

    family_id: str
    name: str
    records: int
    drafts: int
    waiting: int
    is_complete: bool
    as_of: str | None
    leaves_because: str | None
    until: str  # the last day of its visit pack; '' where it is on the caseload
    waits: Waits  # what must come first, where it leaves
    hold_until: str  # the last day on which the council holds it, where it leaves
    is_register: bool = False  # a group's file, which holds its register and nothing of a family
    closing: Closing = Closing.OPEN


@dataclass(frozen=True, slots=True)
class LeftLately:
    """Copies that left together: how many family files, how many of them closed, and is the receipt at the council."""

    at: str
    families: int
    kept_drafts: int
    is_receipted: bool
    closed: int = 0


@dataclass(frozen=True, slots=True)
class OnLaptop:
    """Everything that is on this laptop. ``lease_until`` is the moment from which only the council opens the window."""

    today: date
    families: tuple[FamilyOnLaptop, ...]
    destroyed: int  # family files that nobody can read any more, for which the vault is still to be written anew
    left: tuple[LeftLately, ...]
    unsent: int
    attachments: int
    attachment_bytes: int
    lease_until: str | None
    records: int
    size_bytes: int
    heard_at: str | None  # when the council last answered, by its own time
    leaves_from: date | None  # the day from which copies leave if the council is not heard of
    is_searchable: bool


@reads
def on_this_laptop(office: Office) -> OnLaptop:
    """Count what is here, by family file, by name."""
    connection = office.connection
    held_records = counts.records_by_family(connection)
    begun = counts.drafts_by_family(connection)
    unsent = counts.unreceipted_by_family(connection)
    standings = families.standings(connection)
    leaving = release.leaving(connection)
    held = {each.family_id: each.hold_until for each in leaving}
    names = records.get_many(connection, tuple(standings))
    registers = records.ids_of_kind(connection, "group")
    found = [
        FamilyOnLaptop(
            each.family_id, str(names[each.family_id].body.get("name") or "") if each.family_id in names else "",
            held_records.get(each.family_id, 0), begun.get(each.family_id, 0), unsent.get(each.family_id, 0),
            each.is_complete, each.as_of, each.released, each.until,
            release.waits(connection, each.family_id) if each.released else Waits(),
            held.get(each.family_id, ""), each.family_id in registers,
            closing_of(connection, names[each.family_id]) if each.family_id in names else Closing.OPEN,
        )
        for each in standings.values()
    ]  # fmt: skip
    heard_at = meta.read(connection, meta.HEARD_AT)
    heard_on = day_of(heard_at)
    return OnLaptop(
        office.today(),
        tuple(sorted(found, key=lambda each: each.name.casefold())),
        sum(each.stage is not Stage.WAITING for each in leaving),
        tuple(LeftLately(*each) for each in release.left_lately(connection, _MOST_LEFT)),
        sum(unsent.values()),
        *counts.contents_here(connection),
        _lease_until(office),
        sum(held_records.values()),
        counts.size_bytes(connection),
        heard_at,
        heard_on + timedelta(days=office.configuration.copies_leave_after_days) if heard_on else None,
        index.is_ready(connection),
    )


@reads
def gone_of(office: Office, family_ids: frozenset[str]) -> frozenset[str]:
    """Return those of these family files of which nothing is on this laptop any more."""
    return frozenset(each for each in family_ids if not families.is_here(office.connection, each))


@reads
def heard_at(office: Office) -> str | None:
    """Return when the council answered last, by its own time; None where it never did."""
    return meta.read(office.connection, meta.HEARD_AT)


def _lease_until(office: Office) -> str | None:
    known = tenures.in_vault(office.connection)
    return None if known is None else moment_text(known.lease.locks_at)
