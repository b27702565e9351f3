"""The privacy notice in a family's file: what is in force, who was given which version, and to whom it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.household.people import name_of
from sf_desktop.ops.moments import local
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import drafts, records
from sf_desktop.wording import error
from sf_record.configuration import NoticeVersion
from sf_record.rules import notices as rules
from sf_record.text.passages import Passage, passages


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody to whom the notice is due; ``had`` is the version that they have, empty for none."""

    person_id: str
    name: str
    had: str
    is_young: bool = False


@dataclass(frozen=True, slots=True)
class NoticeView:
    """How the notice stands in one family file."""

    version: str  # in force today; empty: the council has published none
    effective_from: str
    owed: tuple[Owed, ...]
    today: date


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One version to be read; without ``version`` the council has published none."""

    version: str
    effective_from: str
    full: tuple[Passage, ...]
    easy: tuple[Passage, ...]
    versions: tuple[str, ...]  # all that were ever in force, the newest first
    today: date
    is_given_today: bool = False  # it is recorded that somebody of the family was given this version today


@reads
def notice_of(office: Office, family_id: str) -> NoticeView:
    """Return which notice is in force and who of the family does not have it."""
    notice = office.configuration.notice(office.today())
    people = {each.id: each for each in records.of_family(office.connection, family_id, ("person",))}
    given = records.of_family(office.connection, family_id, (rules.KIND,))
    found = rules.due(people.values(), given, notice, office.today(), office.configuration.notice_from_age)
    return NoticeView(
        version=notice.version if notice is not None else "",
        effective_from=notice.effective_from if notice is not None else "",
        owed=tuple(Owed(each.person_id, name_of(people[each.person_id]), each.had, each.is_young) for each in found),
        today=office.today(),
    )


@reads
def notice_text(office: Office, version: str = "", family_id: str = "") -> NoticeText:
    """Return a version of the notice to be read, with a family or alone: the one in force, or another by name."""
    known = sorted(office.configuration.notices, key=lambda each: each.effective_from, reverse=True)
    wanted = next((each for each in known if each.version == version), None) if version else None
    notice = wanted or office.configuration.notice(office.today())
    if notice is None:
        return NoticeText("", "", (), (), (), office.today())
    return NoticeText(
        notice.version,
        notice.effective_from,
        passages(notice.text),
        passages(notice.easy_text),
        _ever_in_force(office, known),
        office.today(),
        _is_given_today(office, family_id, notice.version),
    )


def start_given(office: Office, family_id: str) -> Draft:
    """Begin to record that the notice in force was given to those to whom it is due; go on with one begun."""
    notice = office.configuration.notice(office.today())
    if notice is None:
        raise error("notice_none")
    for begun in drafts.current(office.connection, family_id, rules.KIND):
        if begun.record_id is None:
            return begun
    body: dict[str, Any] = {"version": notice.version, "given_at": office.now()}
    owed = [each.person_id for each in notice_of(office, family_id).owed]
    return drafting.begin(office, rules.KIND, family_id, body | {"people": owed} if owed else body)


def _is_given_today(office: Office, family_id: str, version: str) -> bool:
    given = records.of_family(office.connection, family_id, (rules.KIND,)) if family_id else ()
    return any(
        each.in_error is None
        and each.body.get("version") == version
        and (at := local(str(each.body.get("given_at") or ""))) is not None
        and at.date() == office.today()
        for each in given
    )


def _ever_in_force(office: Office, known: list[NoticeVersion]) -> tuple[str, ...]:
    today = office.today().isoformat()
    return tuple(each.version for each in known if each.effective_from <= today)
