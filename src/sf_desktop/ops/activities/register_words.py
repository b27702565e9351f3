"""Says in words who came on a register and who did not, for whoever copies it: by first name, as the register does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sf_desktop.ops.activities.groups import SESSION
from sf_desktop.ops.activities.registers import ATTENDANCE
from sf_desktop.ops.office import Office
from sf_desktop.store.tables import records
from sf_record import body as bodies
from sf_record.kinds.person import Person
from sf_record.rules.registers import first_names

UNKNOWN = "somebody who is not on this laptop"


def marks_in_words(office: Office, kind: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which activity it was, who came and who did not, a line for each; none for what is no register."""
    lead: tuple[str, ...] = ()
    if kind == ATTENDANCE:
        came, away = (tuple(map(str, body.get(name) or ())) for name in ("came", "away"))
        names = _people(office, (*came, *away))
        lead = tuple(
            f"Activity: {each.label}" for each in office.configuration.activities if each.code == body.get("activity")
        )
    elif kind == SESSION:
        marks = [(str(each.get("member")), bool(each.get("came"))) for each in body.get("marks") or ()]
        came, away = (tuple(who for who, is_here in marks if is_here is wanted) for wanted in (True, False))
        names = _members(office, (*came, *away))
    else:
        return ()
    told = (("Who came", came), ("Who did not come", away))
    said = (f"{label}: {', '.join(names.get(each, UNKNOWN) for each in those)}" for label, those in told if those)
    return (*lead, *said)


def _people(office: Office, ids: Iterable[str]) -> dict[str, str]:
    found = records.get_many(office.connection, tuple(dict.fromkeys(ids)))
    people = {
        key: cast("Person", bodies.read("person", each.body)) for key, each in found.items() if each.kind == "person"
    }
    return first_names(people, {})


def _members(office: Office, ids: Iterable[str]) -> dict[str, str]:
    found = records.get_many(office.connection, tuple(dict.fromkeys(ids)))
    return {key: str(each.body.get("called") or UNKNOWN) for key, each in found.items()}
