"""Says which people of a workbook may be known already: twice in it, or in a family file on this laptop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sf_desktop.ops.caseload.coming import FamilyToCome
from sf_desktop.ops.office import Office
from sf_desktop.store.tables import records
from sf_record.text.sounds import plain

MOST_EACH, MOST_COMPARED = 3, 20
NEARLY = 88.0  # of a hundred: names that differ by a letter or two


@dataclass(slots=True)
class _Known:
    """Everybody whose family name begins alike: names as they are compared, and of each the day of birth and where."""

    names: list[str] = field(default_factory=list)
    people: list[tuple[str | None, str, str]] = field(default_factory=list)  # the last: the family file, if here


class Likeness:
    """Compares by name and date of birth; one that is not known is no difference."""

    def __init__(self, office: Office) -> None:
        files = {each.id: str(each.body.get("name") or "") for each in records.of_kind(office.connection, "family")}
        self._known: dict[str, _Known] = {}
        self.shown: dict[str, None] = {}  # the family files on this laptop whose names were said
        for each in records.of_kind(office.connection, "person"):
            where = f"in the family file {files.get(each.family_id, '')} on this laptop"
            self._add(each.body, where, each.family_id)

    def of(self, families: Sequence[FamilyToCome]) -> Iterator[tuple[str, str]]:
        """Yield (cell, words) for everybody who may be known already."""
        for family in families:
            people = [each.body for each in family.records if each.kind == "person"]
            for body in people:
                for where in islice(self._alike(body), MOST_EACH):
                    yield family.at, f"{_name(body)} may be known already: {where}"
            for body in people:
                self._add(body, f"in the row of {family.name}, {family.at}")

    def _add(self, body: Mapping[str, Any], where: str, family_id: str = "") -> None:
        known = self._known.setdefault(_initial(body), _Known())
        known.names.append(plain(_name(body)))
        known.people.append((body.get("born_on"), where, family_id))

    def _alike(self, body: Mapping[str, Any]) -> Iterator[str]:
        from rapidfuzz import fuzz, process

        name, known = plain(_name(body)), self._known.get(_initial(body))
        if not name or known is None:
            return
        found = process.extract(
            name, known.names, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY, limit=MOST_COMPARED
        )
        for _, _, at in found:
            born, where, family_id = known.people[at]
            if born is None or body.get("born_on") in {None, born}:
                if family_id:
                    self.shown[family_id] = None
                yield where


def _name(body: Mapping[str, Any]) -> str:
    return f"{body.get('given_name') or body.get('known_as') or ''} {body.get('family_name') or ''}".strip()


def _initial(body: Mapping[str, Any]) -> str:
    return plain(str(body.get("family_name") or _name(body)))[:1]
