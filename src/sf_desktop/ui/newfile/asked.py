"""What the form of a new family file asks of each kind: a few of its fields, as that kind's own form asks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sf_desktop.ops.bringing_in.arriving import ALLOCATION
from sf_desktop.ops.bringing_in.new_file import FAMILY, PERSON, NewFile
from sf_desktop.ui.form.context import Choosable, FormContext
from sf_desktop.ui.newfile import words
from sf_record.description import Field, Group, Kind
from sf_record.kinds import KINDS

_ASKED = {
    FAMILY: ("name", "address", "postcode"),
    PERSON: ("role", "given_name", "family_name", "born_on", "expected_on", "lives_here"),
    ALLOCATION: ("worker", "began_on"),
}
_CALLED: Mapping[tuple[str, str], Mapping[str, str]] = {
    (FAMILY, "name"): {"label": words.NAME, "hint": words.NAME_HINT},
    (ALLOCATION, "worker"): {"label": words.WORKER_LABEL, "hint": words.WORKER_HINT},
    (ALLOCATION, "began_on"): {"hint": words.FROM_HINT},
}
_GROUPS = {
    FAMILY: Group("", words.FILE),
    PERSON: Group("who", words.PERSON, words.PERSON_HINT),
    ALLOCATION: Group("", words.WORKER),
}


def asked_kinds() -> tuple[Kind, ...]:
    """Return the kinds in the order of the form, each with what is asked of it."""
    return tuple(_asked(KINDS[name]) for name in _ASKED)


def surroundings(new: NewFile, kind: str) -> FormContext:
    """Return what the form of one of them needs."""
    workers = tuple(Choosable(each.id, each.name) for each in new.team)
    return FormContext(codes=new.codes, today=new.today, workers=workers, kind=kind)


def at_first(kind: str, new: NewFile) -> Mapping[str, Any]:
    """Return what stands in the form of a kind before anybody writes: from today, and the only one of the team."""
    if kind != ALLOCATION:
        return {}
    only = {"worker": new.team[0].id} if len(new.team) == 1 else {}
    return {"began_on": new.today.isoformat(), **only}


def told_of(begun: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the person as whoever may be known already is looked for: in the household, at the file's address too."""
    family, person = begun[FAMILY], begun[PERSON]
    home = {"address": family.get("address", ""), "postcode": family.get("postcode", "")}
    return {**person, "addresses": [home]} if person.get("lives_here") else dict(person)


def _asked(kind: Kind) -> Kind:
    fields = [kind.by_name[name] for name in _ASKED[kind.name]]
    return replace(kind, fields=tuple(_called(kind, each) for each in fields), groups=(_GROUPS[kind.name],))


def _called(kind: Kind, field: Field) -> Field:
    called = _CALLED.get((kind.name, field.name), {})
    return replace(field, label=called.get("label", field.label), hint=called.get("hint", field.hint))
