"""Every code set is what its source file says, and knows the days on which each code may be used."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path

import pytest

from sf_desktop.paths import resources
from sf_desktop.resources import code_sets
from sf_record.codes import read_code_set
from sf_record.kinds import KINDS

FILES = sorted((resources() / "codes").glob("*.csv"))
SETS = code_sets()
REFERENCE = Path(__file__).with_name("reference.sha256")  # of the facts as their sources give them


def test_every_fact_is_the_one_of_its_source_to_the_letter() -> None:
    lines = [line.split() for line in REFERENCE.read_text().splitlines()]
    wanted = {name: digest for digest, name in lines}
    for path in (*FILES, *(resources() / "facts").glob("*.csv")):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == wanted[path.name], path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_set_equals_its_source(path: Path) -> None:
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert rows
    assert [(each.code, each.label) for each in SETS[path.stem].codes.values()] == [
        (each["code"], each["label"]) for each in rows
    ]


def test_every_set_that_a_field_names_is_there() -> None:
    for kind in KINDS.values():
        for field in (*kind.fields, *(inner for each in kind.fields for inner in each.rows)):
            assert not field.code_set or field.code_set in SETS


def test_codes_begin_and_end_with_their_return_years() -> None:
    text = "code,label,valid_from,valid_to\nA,Old,2016-17 or earlier,2019-20\nB,New,2020-21,\nC,Past,,superseded\n"
    known = read_code_set("pretend", text)
    assert [each.code for each in known.on(date(2020, 3, 31))] == ["A"]
    assert [each.code for each in known.on(date(2020, 4, 1))] == ["B"]
    assert known.label("C") == "Past"
    assert known.label("unknown") == "unknown"


def test_a_code_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError):
        read_code_set("pretend", "code,label\nA,One\nA,Two\n")
