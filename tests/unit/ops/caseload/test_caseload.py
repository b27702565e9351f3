"""Families from a spreadsheet: all that is wrong is named by its cell, nothing half done, what acts is refused."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sf_desktop.ops.bringing_in import arriving
from sf_desktop.ops.bringing_in.caseloads import make_ready
from sf_desktop.ops.caseload import grids
from sf_desktop.ops.caseload.columns import sheets
from sf_desktop.ops.caseload.coming import Caseload
from sf_desktop.ops.caseload.grids import read_grids
from sf_desktop.ops.caseload.judging import judge
from sf_desktop.ops.caseload.template import template
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.pieces import Pieces
from sf_desktop.resources import code_sets
from sf_desktop.store.tables import outbox, records
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.rules.permissions import Worker
from tests.builders.offices import an_id, an_office, open_vault, transaction
from tests.builders.piecework import worked
from tests.builders.workbooks import FAMILIES, GOOD, PEOPLE, saved, with_cell, with_part, workbook


@pytest.fixture
def boss(tmp_path: Path, seed: random.Random) -> Iterator[Office]:
    """A supervisor at an empty laptop."""
    connection = open_vault(tmp_path)
    office = an_office(connection, seed)
    worker = Worker(office.me.worker.id, Role.SUPERVISOR, office.me.worker.team_id)
    named = tuple(replace(each, team_id=worker.team_id) for each in office.configuration.workers)
    yield replace(
        office, me=Me(worker, "S. Example", an_id(seed)), configuration=replace(office.configuration, workers=named)
    )
    connection.close()


def judged(office: Office, path: str) -> Caseload:
    found = read_grids(path)
    return worked(office, lambda: judge(found))


def told(caseload: Caseload) -> list[str]:
    return [f"{each.at}: {each.what}" for each in caseload.problems]


def brought(office: Office, caseload: Caseload) -> None:
    ready = worked(office, lambda: make_ready(caseload, office.me.worker.id))
    with transaction(office.connection):
        arriving.write(office, ready)


def bodies(office: Office, kind: str) -> list[dict[str, Any]]:
    return [dict(each.body) for each in records.of_kind(office.connection, kind)]


def test_a_birth_still_to_come_is_a_slip(boss: Office, tmp_path: Path) -> None:
    caseload = judged(boss, saved(tmp_path, workbook(with_cell("People", (1, 5), "3/4/2091"))))
    assert told(caseload) == ["People!F2: Date of birth: this day has not come yet"]
    assert told(judged(boss, saved(tmp_path, workbook(with_cell("People", (1, 5), str(boss.today().year)))))) == []


def test_a_workbook_becomes_families(boss: Office, tmp_path: Path) -> None:
    caseload = judged(boss, saved(tmp_path, workbook()))
    assert told(caseload) == []
    assert [(each.name, each.people) for each in caseload.families] == [
        ("Pretend family Alder", ("Pretend Robin Alder", "Pretend Wren Alder")),
        ("Pretend family Birch", ("Pretend Finch Birch",)),
    ]
    brought(boss, caseload)
    by_name = {each["given_name"]: each for each in bodies(boss, "person")}
    assert by_name["Pretend Robin"] == {
        "role": "child", "given_name": "Pretend Robin", "family_name": "Alder", "born_on": "2019-04-03",
    }  # fmt: skip
    assert by_name["Pretend Wren"]["contacts"] == [{"way": "mobile", "value": "07700 900000"}]
    assert by_name["Pretend Finch"]["born_on"] == "2020-11"
    (relation,) = bodies(boss, "relationship")
    assert (relation["type"], relation["has_parental_responsibility"]) == ("mother", True)
    assert {relation["person"], relation["to_person"]} <= {
        each.id for each in records.of_kind(boss.connection, "person")
    }
    assert bodies(boss, "status_episode")[0]["status"] == "CIN"
    alder = next(each for each in bodies(boss, "family") if each["name"].endswith("Alder"))
    assert alder["warnings"] == [{"text": "A large dog", "reason": "It bit a visitor"}]
    assert len(bodies(boss, "allocation")) == 2


PART = "People!F2: Date of birth: write a date such as 3/4/2019, a month and year such as 11/2019, or a year"


@pytest.mark.parametrize(
    ("sheet", "at", "value", "problem"),
    [
        ("People", (1, 5), "31/2/2019", PART),
        ("People", (1, 5), "3/4/19", PART),
        ("People", (2, 6), 7700900000, "People!G3: Mobile: this is a number, so a 0 in front may be gone"),
        ("People", (1, 7), "Purple", "People!H2: Ethnicity: this is none of the list: White British, White Irish, "),
        ("People", (1, 2), None, "People!C2: In this family: choose one"),
        ("People", (1, 0), "9", "People!A2: Family: there is no such family on the sheet Families"),
        ("People", (2, 0), None, "People!A3: Family: say to which family this row belongs, in each row of its own"),
        ("People", (2, 1), None, "People!B3: Person: give this person a word or number of your own"),
        ("People", (2, 1), "A", "People!B3: Person: this family has such a person already"),
        ("People", (0, 3), "Forename", "People!D1: this heading is not known"),
        ("People", (1, 3), "=1+1", "People!D2: First names: this is a formula; put what it shows in its place"),
        ("People", (1, 3), "x" * 501, "People!D2: First names: no more than 500 characters (this has 501)"),
        ("Families", (2, 1), None, "Families!B3: Family name: enter this"),
        ("Families", (2, 0), "1", "Families!A3: Family: this family has a row already"),
        ("Relationships", (1, 3), "z", "Relationships!D2: Of: there is no such person in this family"),
        ("Relationships", (1, 2), "Cousin", "Relationships!C2: Is: this is none of the list"),
        ("Status", (1, 3), "soon", "Status!D2: Began on: write the day as day/month/year, with the whole year"),
    ],
)  # fmt: skip
def test_each_problem_is_named_by_its_cell(
    boss: Office, tmp_path: Path, sheet: str, at: tuple[int, int], value: Any, problem: str
) -> None:
    caseload = judged(boss, saved(tmp_path, workbook(with_cell(sheet, at, value))))
    assert any(each.startswith(problem) for each in told(caseload)), told(caseload)
    with pytest.raises(InputError):
        brought(boss, caseload)
    assert outbox.is_empty(boss.connection)


def test_all_problems_are_told_at_once_in_the_order_of_the_sheets(boss: Office, tmp_path: Path) -> None:
    people = [list(each) for each in PEOPLE]
    people[1][5], people[2][5], people[3][2] = "never", "32/1/1988", "Cousin"
    caseload = judged(boss, saved(tmp_path, workbook({**GOOD, "People": people})))
    assert [each.partition(":")[0] for each in told(caseload)] == ["People!F2", "People!F3", "People!C4"]


def test_a_sheet_that_is_missing_or_strange_is_told(boss: Office, tmp_path: Path) -> None:
    caseload = judged(boss, saved(tmp_path, workbook({"Families": FAMILIES, "Sheet1": (("Hello",),)})))
    assert [each for each in told(caseload) if "missing" in each or "not known" in each] == [
        "People: this sheet is missing",
        "Sheet1: this sheet is not known; delete it, or give it the name that it has in the template",
    ]


def test_who_may_be_known_already_is_told_and_keeps_nothing_back(boss: Office, tmp_path: Path) -> None:
    first = judged(boss, saved(tmp_path, workbook()))
    assert not first.likenesses
    looked = boss.tx.looks  # type: ignore[attr-defined]
    assert not looked
    brought(boss, first)
    looked.clear()
    again = judged(boss, saved(tmp_path, workbook(with_cell("People", (1, 3), "Pretend Robyn"))))
    assert not again.problems
    assert next(f"{each.at}: {each.what}" for each in again.likenesses) == (
        "Families!A2: Pretend Robyn Alder may be known already: in the family file Pretend family Alder on this laptop"
    )
    here = {each.id for each in records.of_kind(boss.connection, "family")}
    assert [(each.what, set(each.ids)) for each in looked] == [(Look.SEARCHED, here)]
    twice = [*PEOPLE, ("2", "b", "Child", "Pretend Robin", "Alder", None, None, None)]
    within = judged(boss, saved(tmp_path, workbook({**GOOD, "People": twice})))
    assert any("in the row of Pretend family Alder, Families!A2" in each.what for each in within.likenesses)


def test_unicode_text_of_a_spreadsheet_program_is_read(boss: Office, tmp_path: Path) -> None:
    lines = (
        "Family\tPerson\tIn this family\tFirst names\tFamily name\tFamily file: Family name\r\n"
        "1\ta\tChild\tPretend Zoë\tŁukasz\tPretend family Alder\r\n"
    )
    caseload = judged(boss, saved(tmp_path, lines.encode("utf-16"), "families.txt"))
    assert told(caseload) == []
    assert caseload.families[0].people == ("Pretend Zoë Łukasz",)


def test_a_csv_holds_a_person_to_a_row(boss: Office, tmp_path: Path) -> None:
    lines = (
        "Family;Person;In this family;First names;Family name;Date of birth;Mobile;"
        "Family file: Family name;Family file: Address\r\n"
        "1;a;Child;Pretend Zoë;Alder;3/4/2019;;Pretend family Alder;1 Pretend Lane\r\n"
        "1;b;Parent;Pretend Wren;Alder;;+44 7700 900000;;\r\n"
    )
    caseload = judged(boss, saved(tmp_path, lines.encode("cp1252"), "families.csv"))
    assert told(caseload) == []
    assert caseload.families[0].people == ("Pretend Zoë Alder", "Pretend Wren Alder")
    assert caseload.families[0].body == {"name": "Pretend family Alder", "address": "1 Pretend Lane"}
    wrong = lines.replace("Pretend Wren", "=cmd()").replace(";;\r\n", ";Pretend family Ash;\r\n")
    problems = told(judged(boss, saved(tmp_path, wrong.encode(), "families.csv")))
    assert "D3: First names: this is a formula; put what it shows in its place" in problems
    assert "H3: this is otherwise in an earlier row of the same family" in problems


def test_stopped_in_the_middle_nothing_is_half_done(boss: Office, tmp_path: Path) -> None:
    caseload = judged(boss, saved(tmp_path, workbook()))
    pieces = Pieces(lambda: make_ready(caseload, boss.me.worker.id))
    pieces.go_on(boss, for_s=0.0)
    assert not pieces.is_done
    pieces.stop()
    assert outbox.is_empty(boss.connection)
    assert bodies(boss, "family") == []


def test_a_colleague_who_left_the_team_while_it_was_checked_is_given_nothing(boss: Office, tmp_path: Path) -> None:
    caseload = judged(boss, saved(tmp_path, workbook()))
    alone = replace(boss, configuration=replace(boss.configuration, workers=()))
    with pytest.raises(InputError, match="not_of_the_team"):
        worked(alone, lambda: make_ready(caseload, boss.me.worker.id))
    assert outbox.is_empty(boss.connection)


def test_what_was_made_ready_twice_is_written_once(boss: Office, tmp_path: Path) -> None:
    caseload = judged(boss, saved(tmp_path, workbook()))
    ready = worked(boss, lambda: make_ready(caseload, boss.me.worker.id))
    with transaction(boss.connection):
        arriving.write(boss, ready)
    with pytest.raises(InputError, match="family_here_already"), transaction(boss.connection):
        arriving.write(boss, ready)
    assert len(bodies(boss, "family")) == 2


def test_the_template_is_what_is_read_and_acts_in_nothing(boss: Office, tmp_path: Path) -> None:
    made = template(code_sets())
    book = openpyxl.load_workbook(io.BytesIO(made))
    for sheet in sheets():
        heads = [str(each.value).rstrip("*") for each in book[sheet.title][1]]
        assert heads == [each.heading for each in sheet.columns]
    assert not any(cell.data_type == "f" for page in book for row in page for cell in row)
    caseload = judged(boss, saved(tmp_path, made))
    assert told(caseload) == ["Families: there is no family in this file"]
    for title, rows in GOOD.items():
        page: Any = book[title]
        places: dict[Any, Any] = {str(each.value).rstrip("*"): each.column for each in page[1]}
        for number, row in enumerate(rows[1:], 2):
            for heading, value in zip(rows[0], row, strict=True):
                page.cell(number, places[heading], value)
    filled = io.BytesIO()
    book.save(filled)
    assert told(judged(boss, saved(tmp_path, filled.getvalue()))) == []


def bomb() -> bytes:
    return with_part("xl/media/image1.xml", b"<a>" + b" " * 30_000_000 + b"</a>")


def zip_of(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return made.getvalue()


def many_parts() -> bytes:
    return zip_of({"xl/workbook.xml": b"<a/>"} | {f"xl/media/{number}.png": b"" for number in range(400)})


HOSTILE = {
    "a bomb": (bomb, "sheet_too_large"),
    "a program": (lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "sheet_acts"),
    "an old macro sheet": (lambda: with_part("xl/macrosheets/sheet1.xml", b"<a/>"), "sheet_acts"),
    "links to elsewhere": (lambda: with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "sheet_acts"),
    "a database": (lambda: with_part("xl/connections.xml", b"<connections/>"), "sheet_acts"),
    "a file within": (lambda: with_part("xl/embeddings/oleObject1.bin", b"MZ"), "sheet_acts"),
    "entities": (
        lambda: with_part("xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>'),
        "sheet_unreadable",
    ),
    "a cut sheet": (lambda: with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "sheet_unreadable"),
    "no workbook": (lambda: with_part("xl/workbook.xml", b"not xml"), "sheet_unreadable"),
    "too many parts": (many_parts, "sheet_too_large"),
    "too many rows": (lambda: workbook({"Families": [("a", "b")] * 2_100}), "sheet_too_long"),
    "another zip": (lambda: zip_of({"word/document.xml": b"<a/>"}), "sheet_unreadable"),
    "a cut zip": (lambda: workbook()[:3_000], "sheet_unreadable"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(4_000), "sheet_old_or_locked"),
    "nothing": (lambda: b"", "sheet_empty"),
    "only bytes": (lambda: bytes(range(256)) * 40, "sheet_unreadable"),
    "a great file": (lambda: b"a," * 3_000_000, "sheet_too_large"),
    "a very wide line": (lambda: b"a," * 2_000_000, "sheet_too_long"),
    "a very long row number": (
        lambda: with_part(
            "xl/worksheets/sheet1.xml",
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1048576"><c r="A1048576" t="str"><v>far</v></c></row></sheetData></worksheet>',
        ),
        "sheet_too_long",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_soon_and_in_little_memory(tmp_path: Path, name: str) -> None:
    make, code = HOSTILE[name]
    path = saved(tmp_path, make())
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(InputError) as refused:
        read_grids(path)
    took, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.code == code
    assert took < 4, "two seconds, and tracing takes as long again"
    assert peak < 200_000_000


def test_the_largest_that_is_read_is_read_in_time(boss: Office, tmp_path: Path) -> None:
    names = ["".join(random.Random(n).choices("abcdefghijklmnopqrstuvwxyz", k=8)) for n in range(97)]
    people = [
        PEOPLE[0],
        *(
            (str(n % 400), str(n), "Child", f"Pretend {names[n % 97]}", names[n % 89], "2019", None, None)
            for n in range(1_999)
        ),
    ]
    families = [FAMILIES[0][:2], *((str(n), f"Pretend family {n}") for n in range(400))]
    path = saved(tmp_path, workbook({"Families": families, "People": people}))
    began = time.process_time()
    caseload = judged(boss, path)
    assert time.process_time() - began < 4
    assert told(caseload) == []
    assert len(caseload.families) == 400


def test_only_a_file_is_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.xlsx", Path("/dev/zero")):
        with pytest.raises(InputError) as refused:
            read_grids(str(path))
        assert refused.value.code == "sheet_unreadable"
    assert grids.letters(0) + grids.letters(25) + grids.letters(26) + grids.letters(701) == "AZAAZZ"
