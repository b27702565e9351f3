"""Judges a caseload's workbook before anything is written: the families it would bring, and all faults by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from sf_desktop.ops.office import Office
from sf_desktop.ops.pieces import Far, Steps
from sf_desktop.store.tables.families import standings
from sf_record.description import Shape
from sf_record.kinds import KINDS

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


def judge(grids: Sequence[Grid]) -> Steps[Caseload]:
    """Judge a workbook's sheets, some rows or one family at a time; nothing is written."""
    office = yield (0, 0)
    judging = _Judging(office)
    rows = sum(len(each.rows) for each in grids)
    files = [each.family_id for each in standings(office.connection).values() if not each.released]
    total = 3 * rows + len(files)  # rows are read, held against the rules, and compared with whoever is in the files
    for number, row in enumerate(rows_of(grids, office.codes, judging.say)):
        judging.add(row)
        judging.office = yield (number, total)
    judging.end_of_rows()
    families = []
    for family in judging.families():
        families.append(judging.to_come(family))
        judging.office = yield (rows + judging.held, total)
    problems = tuple(sorted(dict.fromkeys(judging.problems), key=_place))
    likenesses = () if problems else (yield from _likenesses(judging.office, families, files, (2 * rows, total)))
    return Caseload(tuple(families), problems, likenesses, opening_files.may_open(judging.office))


def _likenesses(
    office: Office, families: Sequence[FamilyToCome], files: Sequence[str], far: Far
) -> Steps[tuple[CellProblem, ...]]:
    """Say who may be known already. Whose names were shown is noted as after a search."""
    likeness = Likeness()
    done, total = far
    for number, each in enumerate(files):
        likeness.know(office, each)
        office = yield (done + number, total)
    found: list[CellProblem] = []
    done += len(files)
    for family in families:
        for body in family.bodies:
            found += [CellProblem(*each) for each in likeness.of(family, body)]
            done += 1
            office = yield (done, total)
        likeness.add(family)
    if likeness.shown:
        looks.record(office, Look.SEARCHED, code=str(len(likeness.shown)), ids=likeness.shown)
    return tuple(found)


def _place(problem: CellProblem) -> tuple[str, int, str]:
    sheet, _, cell = problem.at.rpartition("!")
    digits = "".join(each for each in cell if each.isdigit())
    return sheet, int(digits or 0), cell.rjust(12)


class _Judging:
    """What is known of a workbook so far. ``office`` is that of the piece of work that is being done."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.held = 0  # rows that were held against the rules
        self.problems: list[CellProblem] = []
        self._said: set[str] = set()
        self._families: dict[str, _Family] = {}

    def say(self, at: str, what: str) -> None:
        self.problems.append(CellProblem(at, what))
        self._said.add(at)

    def add(self, row: Row) -> None:
        """Put a row with those of its family, by what ties them."""
        tie = row.ties.get(FAMILY, "")
        if not tie:
            self.say(row.where(FAMILY), f"{FAMILY}: say to which family this row belongs, in each row of its own")
        elif row.sheet.kind == "family":
            self._add_family(tie, row)
        else:
            self._add_record(tie, row)

    def end_of_rows(self) -> None:
        """Say what is wrong with the whole of it."""
        if not self._families and not self.problems:
            self.say("Families", "there is no family in this file")
        if len(self._families) > MOST_FAMILIES:
            self.say("Families", f"at most {MOST_FAMILIES} families are brought in at once")

    def families(self) -> tuple[_Family, ...]:
        """Return every family that was gathered."""
        return tuple(self._families.values())

    def _add_family(self, tie: str, row: Row) -> None:
        if tie in self._families:
            self.say(row.where(FAMILY), f"{FAMILY}: this family has a row already")
            return
        self._families[tie] = _Family(self.office.new_id(), row.at, row.body, row)

    def _add_record(self, tie: str, row: Row) -> None:
        family = self._families.get(tie)
        if family is None and row.family:
            of_family = {key: at for key, at in row.cells.items() if key == FAMILY or key.startswith("family.")}
            named = Row(row.sheet, row.at, cells={key.removeprefix("family."): at for key, at in of_family.items()})
            family = self._families[tie] = _Family(self.office.new_id(), row.at, row.family, named)
        if family is None:
            self.say(row.where(FAMILY), f"{FAMILY}: there is no such family on the sheet Families")
            return
        self._compare(family, row)
        if row.sheet.kind != "person":
            family.others.append(row)
            return
        name = row.ties.get(PERSON, "")
        if not name:
            self.say(row.where(PERSON), f"{PERSON}: give this person a word or number of your own")
        elif name in family.people:
            self.say(row.where(PERSON), f"{PERSON}: this family has such a person already")
        else:
            family.people[name] = (self.office.new_id(), row)

    def _compare(self, family: _Family, row: Row) -> None:
        """In a CSV every row may say what its family is called: they must agree."""
        for name, value in row.family.items():
            if family.body.setdefault(name, value) != value:
                self.say(row.where(f"family.{name}"), "this is otherwise in an earlier row of the same family")

    def to_come(self, family: _Family) -> FamilyToCome:
        """Return a family with what is in it, held against the rules."""
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
            records.append(ToCome(row.sheet.kind, self.office.new_id(), row.body))
        records.sort(key=lambda each: _ORDER.index(each.kind))
        return FamilyToCome(family.id, family.at, family.body, tuple(records))

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
        self.held += 1
        for problem in writing.problems(self.office, kind, body, sign=False):
            at = row.where(problem.field)
            # A cell that could not be read has been named already, with what it should hold.
            if at not in self._said or row.cells.get(problem.field) != at:
                self.say(at, problem.message)
