"""Says which people of a workbook may be known already: twice in it, or in a family file on this laptop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self.shown: dict[str, None] = {}  # the family files on this laptop whose names were said

    def know(self, office: Office, family_id: str) -> None:
        """Read who is in a family file on this laptop."""
        found = records.of_family(office.connection, family_id, ("family", "person"))
        name = next((str(each.body.get("name") or "") for each in found if each.kind == "family"), "")
        for each in found:
            if each.kind == "person" and each.in_error is None:
                self._add(each.body, f"in the family file {name} on this laptop", family_id)

    def of(self, family: FamilyToCome, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield (cell, words) where somebody of a family to come may be known already."""
        for where in islice(self._alike(body), MOST_EACH):
            yield family.at, f"{_name(body)} may be known already: {where}"

    def add(self, family: FamilyToCome) -> None:
        """Know the people of a family to come as well, for those that follow."""
        for body in family.bodies:
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
