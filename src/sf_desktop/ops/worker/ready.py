"""Ready for tomorrow: which families are wanted on a day, and whether each is on this laptop as the council has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sf_desktop.ops.office import Done, Office, day_of, reads
from sf_desktop.ops.worker.today import visits_on
from sf_desktop.store.tables import families, meta, ready, records
from sf_desktop.store.tables.families import Standing


class Because(StrEnum):
    """Why a family is not ready."""

    NEVER_LOADED = "never_loaded"
    NOT_COMPLETE = "not_complete"
    NO_SIGNAL = "no_signal"  # whole, but the council was not heard of since an earlier day
    LEAVES = "leaves"  # the copy leaves before the day


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One family of the day. ``because`` is None where it is ready; ``missing`` is 0 where nobody knows how many."""

    family_id: str
    name: str
    planned_at: tuple[str, ...]
    as_of: str | None
    because: Because | None
    missing: int = 0
    heard_at: str | None = None


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
    """Return the list of a day, tomorrow's where none is named: visits planned for it, and what was put on it."""
    wanted_day = day or office.today() + timedelta(days=1)
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
        wanted_day, office.today(),
        tuple(sorted(rows, key=lambda each: (each.planned_at or ("z",), each.name.casefold()))),
        tuple(sorted(others, key=lambda each: each.name.casefold())),
    )  # fmt: skip


def want(office: Office, day: date, family_id: str, is_wanted: bool) -> Done:
    """Put a family on a day's list, or (False) take it off; a planned visit's family can be taken off too."""
    ready.put(office.connection, day, family_id, is_wanted=is_wanted)
    ready.forget_before(office.connection, office.today())
    return Done(frozenset({"ready"}), families=frozenset({family_id}))


def _names(office: Office, family_ids: tuple[str, ...]) -> dict[str, str]:
    found = records.get_many(office.connection, family_ids)
    return {each: str(record.body.get("name") or "") for each, record in found.items()}


def _row(
    office: Office, family_id: str, name: str, planned_at: tuple[str, ...], now: Standing | None, day: date
) -> ReadyRow:
    heard_at = meta.read(office.connection, meta.HEARD_AT)
    if now is None or (not now.is_complete and now.cursor == 0 and not name):
        return ReadyRow(family_id, name, planned_at, None, Because.NEVER_LOADED, heard_at=heard_at)
    if now.released is not None or (now.until and now.until < day.isoformat()):
        return ReadyRow(family_id, name, planned_at, now.as_of, Because.LEAVES, heard_at=heard_at)
    if not now.is_complete or now.cursor < now.seq:
        missing = max(0, now.seq - now.cursor) if now.cursor else 0
        return ReadyRow(family_id, name, planned_at, now.as_of, Because.NOT_COMPLETE, missing, heard_at)
    as_of_day = day_of(now.as_of)
    if as_of_day is None or as_of_day < office.today():
        return ReadyRow(family_id, name, planned_at, now.as_of, Because.NO_SIGNAL, heard_at=heard_at)
    return ReadyRow(family_id, name, planned_at, now.as_of, None, heard_at=heard_at)
