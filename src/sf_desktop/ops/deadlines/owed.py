"""What is owed to a family besides visits: its team's meeting, an agreement's review, agencies to tell, the notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.office import Office, day_of, reads
from sf_desktop.ops.planning import early_help
from sf_desktop.store.tables import records
from sf_desktop.store.tables.lists import Lists
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.rules import agreements, notices

SOON_WORKING_DAYS = 10
_PART_OF_HELP, _PART_OF_AGREEMENTS = "assessment", "agreements"
_STILL_STANDS = "Ask whether the agreement still stands"
_LOOKED_AT_AGAIN = {
    "review_on": "The day on which the family wanted to look at it again",
    "ends_on": "The family agreed until that day",
}
_KINDS = (*agreements.KINDS_OF_AGREEMENT, *early_help.KINDS_OF_HELP)
_KINDS_OF_NOTICE = (notices.KIND, "person")  # everybody in every file: only read where a notice is in force


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing, in words, and the part of the family file where it is done."""

    family_id: str
    what: str
    why: str
    part: str
    on: date  # the last day on which it is kept; today where it has no day of its own
    is_late: bool


@reads
def of_family(office: Office, family_id: str) -> tuple[Owed, ...]:
    """Return what is owed to one family, the soonest first."""
    return _sorted(_owed(office, family_id, records.of_family(office.connection, family_id, _kinds(office))))


def of_all(office: Office, family_ids: Collection[str], lists: Lists) -> tuple[Owed, ...]:
    """Return what is late, or owed within ten working days, in these family files; read kind by kind."""
    found: dict[str, list[Record]] = defaultdict(list)
    for kind in _kinds(office):
        for each in lists.of_kind(kind):
            found[each.family_id].append(each)
    last = office.days.add(office.today(), SOON_WORKING_DAYS)
    every = (owed for each in family_ids if each in found for owed in _owed(office, each, found[each]))
    return _sorted(each for each in every if each.on <= last)


def _kinds(office: Office) -> tuple[str, ...]:
    return (*_KINDS, *_KINDS_OF_NOTICE) if office.configuration.notice(office.today()) else _KINDS


def _owed(office: Office, family_id: str, found: Sequence[Record]) -> Iterator[Owed]:
    kept = sorted((each for each in found if each.in_error is None), key=_happened)
    yield from _meeting(office, family_id, kept)
    yield from _agreed(office, family_id, kept)
    yield from _notice(office, family_id, kept)


def _meeting(office: Office, family_id: str, kept: Sequence[Record]) -> Iterator[Owed]:
    signed = [each for each in kept if each.kind in early_help.KINDS_OF_HELP and each.signed is not None]
    must = early_help.meeting_due(office, signed)
    if must is not None:
        is_late = must.on < office.today()
        yield Owed(family_id, "Team around the family meets", must.why, _PART_OF_HELP, must.on, is_late)


def _agreed(office: Office, family_id: str, kept: Sequence[Record]) -> Iterator[Owed]:
    today = office.today()
    withdrawn = agreements.withdrawals(kept)
    given = [each for each in kept if each.kind == agreements.KIND]
    for each in given:
        stands = each.signed is not None and each.id not in withdrawn and each.body.get("answer") == "agreed"
        if not stands or agreements.is_renewed(each, given):
            continue
        for name, why in _LOOKED_AT_AGAIN.items():
            day = day_of(str(each.body.get(name) or ""))
            if day is not None:
                yield Owed(family_id, _STILL_STANDS, why, _PART_OF_AGREEMENTS, day, day < today)
    for each in withdrawn.values():
        if to_tell := agreements.still_to_tell(each):
            what = f"Tell {', '.join(to_tell)} that the agreement was withdrawn"
            yield Owed(family_id, what, "They share until they know", _PART_OF_AGREEMENTS, today, is_late=True)


def _notice(office: Office, family_id: str, kept: Sequence[Record]) -> Iterator[Owed]:
    notice = office.configuration.notice(office.today())
    given = [each for each in kept if each.kind == notices.KIND]
    people = (each for each in kept if each.kind == "person")
    owed = notices.due(people, given, notice, office.today(), office.configuration.notice_from_age)
    if notice is not None and owed:
        count = _who(owed)
        had = any(each.had for each in owed)
        why = f"Version {notice.version} is in force" if had else "They have not been given one"
        yield Owed(
            family_id, f"Give the privacy notice to {count}", why, _PART_OF_AGREEMENTS, office.today(), is_late=False
        )


def _who(owed: Sequence[notices.Due]) -> str:
    young = sum(each.is_young for each in owed)
    grown = len(owed) - young
    said = ["one parent or carer" if grown == 1 else f"{grown} parents and carers"] if grown else []
    said += ["one young person" if young == 1 else f"{young} young people"] if young else []
    return " and ".join(said)


def _happened(record: Record) -> str:
    return str(record.body.get(KINDS[record.kind].happened) or record.written_at)


def _sorted(found: Iterable[Owed]) -> tuple[Owed, ...]:
    return tuple(sorted(found, key=lambda each: (not each.is_late, each.on, each.what)))
