"""Judges a caseload's workbook before anything is written: the families it would bring, and all faults by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sf_desktop.ops import looks, writing
from sf_desktop.ops.caseload.columns import FAMILY, PERSON
from sf_desktop.ops.caseload.coming import Caseload, CellProblem, FamilyToCome, ToCome
from sf_desktop.ops.caseload.grids import Grid
from sf_desktop.ops.caseload.likeness import Likeness
from sf_desktop.ops.caseload.rows import Row, rows_of
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office, reads
from sf_record.description import KINDS, Shape

MOST_FAMILIES = 500
_ORDER = ("person", "relationship", "status_episode")


@dataclass(slots=True)
class _Family:
    """A family as its rows are gathered."""

    id: str
    at: str
    body: dict[str, Any] = field(default_factory=dict)
    cells: Row | None = None
    people: dict[str, tuple[str, Row]] = field(default_factory=dict)
    others: list[Row] = field(default_factory=list)


@reads
def judge(office: Office, grids: Sequence[Grid]) -> Caseload:
    """Judge a workbook's sheets; nothing is written."""
    judging = _Judging(office)
    judging.gather(grids)
    families = tuple(judging.families_to_come())
    problems = tuple(sorted(dict.fromkeys(judging.problems), key=_place))
    likenesses = () if problems else _likenesses(office, families)
    return Caseload(families, problems, likenesses, opening_files.may_open(office))


def _likenesses(office: Office, families: Sequence[FamilyToCome]) -> tuple[CellProblem, ...]:
    """Say who may be known already. Whose names were shown is noted as after a search."""
    likeness = Likeness(office)
    found = tuple(CellProblem(*each) for each in likeness.of(families))
    if likeness.shown:
        looks.record(office, Look.SEARCHED, code=str(len(likeness.shown)), ids=likeness.shown)
    return found


def _place(problem: CellProblem) -> tuple[str, int, str]:
    sheet, _, cell = problem.at.rpartition("!")
    digits = "".join(each for each in cell if each.isdigit())
    return sheet, int(digits or 0), cell.rjust(12)


class _Judging:
    def __init__(self, office: Office) -> None:
        self._office = office
        self.problems: list[CellProblem] = []
        self._said: set[str] = set()
        self._families: dict[str, _Family] = {}

    def say(self, at: str, what: str) -> None:
        self.problems.append(CellProblem(at, what))
        self._said.add(at)

    def gather(self, grids: Sequence[Grid]) -> None:
        """Put the rows of all sheets together by what ties them."""
        for row in rows_of(grids, self._office.codes, self.say):
            tie = row.ties.get(FAMILY, "")
            if not tie:
                self.say(row.at, f"{FAMILY}: say to which family this row belongs")
            elif row.sheet.kind == "family":
                self._add_family(tie, row)
            else:
                self._add_record(tie, row)
        if not self._families and not self.problems:
            self.say("Families", "there is no family in this file")
        if len(self._families) > MOST_FAMILIES:
            self.say("Families", f"at most {MOST_FAMILIES} families are brought in at once")

    def _add_family(self, tie: str, row: Row) -> None:
        if tie in self._families:
            self.say(row.where(FAMILY), f"{FAMILY}: this family has a row already")
            return
        self._families[tie] = _Family(self._office.new_id(), row.at, row.body, row)

    def _add_record(self, tie: str, row: Row) -> None:
        family = self._families.get(tie)
        if family is None and row.family:
            named = Row(row.sheet, row.at, cells={key.removeprefix("family."): at for key, at in row.cells.items()})
            family = self._families[tie] = _Family(self._office.new_id(), row.at, row.family, named)
        if family is None:
            self.say(row.where(FAMILY), f"{FAMILY}: there is no such family on the sheet Families")
            return
        self._compare(family, row)
        if row.sheet.kind != "person":
            family.others.append(row)
            return
        name = row.ties.get(PERSON, "")
        if not name:
            self.say(row.at, f"{PERSON}: give this person a word or number of your own")
        elif name in family.people:
            self.say(row.where(PERSON), f"{PERSON}: this family has such a person already")
        else:
            family.people[name] = (self._office.new_id(), row)

    def _compare(self, family: _Family, row: Row) -> None:
        """In a CSV every row may say what its family is called: they must agree."""
        for name, value in row.family.items():
            if family.body.setdefault(name, value) != value:
                self.say(row.where(f"family.{name}"), "this is otherwise in an earlier row of the same family")

    def families_to_come(self) -> Iterator[FamilyToCome]:
        """Yield every family with what is in it, held against the rules."""
        for family in self._families.values():
            assert family.cells is not None
            self._hold(family.cells, "family", family.body)
            if not family.people:
                self.say(family.at, "this family has nobody on the sheet People")
            records = [ToCome("person", id_, row.body) for id_, row in family.people.values()]
            for _, row in family.people.values():
                self._hold(row, "person", row.body)
            for row in family.others:
                self._resolve(family, row)
                self._hold(row, row.sheet.kind, row.body)
                records.append(ToCome(row.sheet.kind, self._office.new_id(), row.body))
            records.sort(key=lambda each: _ORDER.index(each.kind))
            yield FamilyToCome(family.id, family.at, family.body, tuple(records))

    def _resolve(self, family: _Family, row: Row) -> None:
        """Put people's ids in place of what the workbook calls them."""
        for each in KINDS[row.sheet.kind].fields:
            if each.shape is Shape.PERSON and each.name in row.body:
                found = family.people.get(" ".join(str(row.body[each.name]).casefold().split()))
                if found is None:
                    self.say(row.where(each.name), f"{each.label}: there is no such person in this family")
                    del row.body[each.name]
                else:
                    row.body[each.name] = found[0]

    def _hold(self, row: Row, kind: str, body: Mapping[str, Any]) -> None:
        for problem in writing.problems(self._office, kind, body, sign=False):
            at = row.where(problem.field)
            # A cell that could not be read has been named already, with what it should hold.
            if at not in self._said or row.cells.get(problem.field) != at:
                self.say(at, problem.message)
