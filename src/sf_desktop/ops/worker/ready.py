"""Ready for tomorrow: which families are wanted on a day, and whether each is on this laptop as the council has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import AttachmentView
from sf_desktop.ops.office import Done, Office, day_ends, day_of, reads
from sf_desktop.ops.worker.today import visits_on
from sf_desktop.store.lease import tenures
from sf_desktop.store.queries import counts
from sf_desktop.store.tables import families, meta, ready, records
from sf_desktop.store.tables.attachments import State
from sf_desktop.store.tables.families import Standing
from sf_record.dates import moment_text, read_moment


class Because(StrEnum):
    """Why a family is not ready."""

    NEVER_LOADED = "never_loaded"
    NOT_COMPLETE = "not_complete"
    NO_SIGNAL = "no_signal"  # whole, but the council was not heard of since an earlier day
    LEAVES = "leaves"  # the copy leaves before the day
    LOCKS = "locks"  # the lease ends before the day is over, unless the council is heard of again
    LEAVES_UNHEARD = "leaves_unheard"  # so does the time for which copies stay without the council
    DOCUMENTS = "documents"  # attachments were asked for and are not here yet


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One family of the day. ``because`` is None where it is ready; ``missing`` is 0 where nobody knows how many.

    ``until`` is the moment until which it can be read without the council, where the day lasts longer. ``elsewhere``
    counts attachments that only the council has, ``wanted`` those of them that were asked for, ``unsent`` what of one's
    own the council does not have.
    """

    family_id: str
    name: str
    planned_at: tuple[str, ...]
    as_of: str | None
    because: Because | None
    missing: int = 0
    until: str = ""
    elsewhere: int = 0
    wanted: int = 0
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A family file that can be put on the list."""

    family_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ReadyView:
    """A day's list, and the worker's other family files."""

    day: date
    today: date
    rows: tuple[ReadyRow, ...]
    others: tuple[Choice, ...]


@reads
def ready_on(office: Office, day: date | None = None) -> ReadyView:
    """Return the list of a day: visits planned for it, and what was put on it.

    Tomorrow's where none is named, or one that is over: a window may have been asleep since.
    """
    today = office.today()
    wanted_day = day if day is not None and day >= today else today + timedelta(days=1)
    planned: dict[str, list[str]] = {}
    for visit in visits_on(office, wanted_day):
        planned.setdefault(visit.family_id, []).append(visit.planned_at)
    chosen = ready.of_day(office.connection, wanted_day)
    wanted = {*planned, *(each for each, is_wanted in chosen.items() if is_wanted)}
    wanted -= {each for each, is_wanted in chosen.items() if not is_wanted}
    registers = records.ids_of_kind(office.connection, "group")  # nobody visits a group's file
    standings = {at: each for at, each in families.standings(office.connection).items() if at not in registers}
    names = _names(office, (*wanted, *standings))
    rows = [
        _row(office, each, names.get(each, ""), tuple(planned.get(each, ())), standings.get(each), wanted_day)
        for each in wanted
    ]
    others = [Choice(each, names[each]) for each in standings.keys() - wanted if names.get(each)]
    return ReadyView(
        wanted_day, today,
        tuple(sorted(rows, key=lambda each: (each.planned_at or ("z",), each.name.casefold()))),
        tuple(sorted(others, key=lambda each: each.name.casefold())),
    )  # fmt: skip


def want(office: Office, day: date, family_id: str, is_wanted: bool) -> Done:
    """Put a family on a day's list, or (False) take it off; a planned visit's family can be taken off too."""
    ready.put(office.connection, day, family_id, is_wanted=is_wanted)
    ready.forget_before(office.connection, office.today())
    return Done(frozenset({"ready"}), families=frozenset({family_id}))


def fetch_documents(office: Office, family_id: str) -> Done:
    """Have every attachment of a family file fetched that can be opened here and lies at the council only."""
    for each in _elsewhere(office, family_id):
        attachments.want(office, each.id)
    return Done(frozenset({attachments.KIND}), families=frozenset({family_id}))


def _elsewhere(office: Office, family_id: str) -> list[AttachmentView]:
    """Return the attachments that somebody could open, if they were here."""
    return [
        each
        for each in attachments.of_family(office, family_id)
        if each.has_content and not (each.is_here or each.closed or each.is_in_error or each.is_held)
    ]


def _names(office: Office, family_ids: tuple[str, ...]) -> dict[str, str]:
    found = records.get_many(office.connection, family_ids)
    return {each: str(record.body.get("name") or "") for each, record in found.items()}


def _ends(office: Office) -> tuple[tuple[Because, str], ...]:
    """Return from when a laptop that does not hear of the council again opens no more, and lets its copies go."""
    tenure, heard_at = tenures.in_vault(office.connection), meta.read(office.connection, meta.HEARD_AT)
    if tenure is None:
        return ()
    locks = (Because.LOCKS, moment_text(tenure.lease.locks_at))
    if heard_at is None:
        return (locks,)
    stay = timedelta(days=office.configuration.copies_leave_after_days)
    return locks, (Because.LEAVES_UNHEARD, moment_text(read_moment(heard_at) + stay))


def _row(
    office: Office, family_id: str, name: str, planned_at: tuple[str, ...], now: Standing | None, day: date
) -> ReadyRow:
    if now is None or (not now.is_complete and now.cursor == 0 and not name):
        return ReadyRow(family_id, name, planned_at, None, Because.NEVER_LOADED)
    elsewhere = _elsewhere(office, family_id)
    wanted = sum(each.state is State.WANTED for each in elsewhere)
    because, until = _because(office, now, day)
    return ReadyRow(
        family_id, name, planned_at, now.as_of, because or (Because.DOCUMENTS if wanted else None),
        max(0, now.seq - now.cursor) if now.cursor else 0, until, len(elsewhere), wanted,
        counts.waiting_of(office.connection, family_id),
    )  # fmt: skip


def _because(office: Office, now: Standing, day: date) -> tuple[Because | None, str]:
    """Return why a file is not ready, and until when it is, where that is why."""
    if now.released is not None or (now.until and now.until < day.isoformat()):
        return Because.LEAVES, ""
    for because, until in _ends(office):
        if until < day_ends(day):
            return because, until
    if not now.is_complete or now.cursor < now.seq:
        return Because.NOT_COMPLETE, ""
    as_of_day = day_of(now.as_of)
    return (Because.NO_SIGNAL if as_of_day is None or as_of_day < office.today() else None), ""
