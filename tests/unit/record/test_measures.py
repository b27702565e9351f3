"""Licensed tools: dates and scores only, bands as the facts have them, and said where nobody has verified one."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest

from sf_desktop.paths import resources
from sf_desktop.resources import code_sets, sdq_bands
from sf_record.description import Shape
from sf_record.kinds import KINDS
from sf_record.kinds.family_star import AREAS
from sf_record.kinds.sdq_score import FORMS, SCALES
from sf_record.rules.validation import Rules, problems
from sf_record.sdq import band_of

RULES = Rules(code_sets(), date(2026, 11, 23))
CHILD = "0193a3a1-8c4e-7000-8000-000000000001"
FORM = {"child": CHILD, "form": "parent", "measured_on": "2026-11-23"}


def faults(kind: str, body: dict[str, Any]) -> dict[str, str]:
    return {each.field: each.message for each in problems(kind, body, RULES)}


def facts(name: str) -> list[dict[str, str]]:
    text = (resources() / "facts" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_areas_of_the_star_are_those_of_the_facts() -> None:
    labels = [KINDS["family_star"].by_name[area].label for area in AREAS]
    assert labels == [row["area"] for row in facts("family_star_plus_areas.csv")]


def test_the_forms_and_scales_of_the_sdq_are_those_of_the_facts() -> None:
    rows = facts("sdq_bands.csv")
    assert {row["form"] for row in rows} == {form for form, _ in FORMS}
    assert {row["scale"] for row in rows} == set(SCALES)


def test_nothing_of_a_licensed_tool_but_numbers_codes_and_days_is_kept() -> None:
    for kind in ("sdq_score", "family_star"):
        shapes = {field.shape for field in KINDS[kind].fields}
        assert shapes <= {Shape.PERSON, Shape.DATE, Shape.CODE, Shape.NUMBER}


@pytest.mark.parametrize("row", facts("sdq_bands.csv"), ids=lambda row: f"{row['form']}-{row['scale']}-{row['min']}")
def test_every_score_lies_in_the_band_of_its_row(row: dict[str, str]) -> None:
    for score in range(int(row["min"]), int(row["max"]) + 1):
        band = band_of(sdq_bands(), row["form"], row["scale"], score)
        assert band is not None
        assert band.label == row["band"]
        assert ("not verified" in band.words) == (not row["verified"].startswith("verified"))


def test_a_scale_without_bands_has_none() -> None:
    assert band_of(sdq_bands(), "teacher", "impact", 2) is None


def test_a_total_that_is_not_the_sum_of_its_parts_is_looked_at_again() -> None:
    parts = {"emotional": 3, "conduct": 2, "hyperactivity": 6, "peer": 1}
    assert faults("sdq_score", {**FORM, **parts, "total": 12}) == {}
    assert "add up to 12" in faults("sdq_score", {**FORM, **parts, "total": 21})["total"]
    assert faults("sdq_score", {**FORM, "total": 21}) == {}


def test_no_form_is_recorded_with_its_reason_and_without_scores() -> None:
    none = {"child": CHILD, "measured_on": "2026-11-23"}
    assert set(faults("sdq_score", none)) == {"total"}
    assert faults("sdq_score", {**none, "reason": "SDQ5"}) == {}
    assert set(faults("sdq_score", {**none, "total": 4})) == {"form"}
    assert set(faults("sdq_score", {**FORM, "total": 4, "reason": "SDQ4"})) == {"reason"}


def test_a_star_has_at_least_one_area_and_no_reading_beyond_ten() -> None:
    star = {"whose": CHILD, "read_on": "2026-11-23"}
    assert set(faults("family_star", star)) == {"emotional_needs"}
    assert set(faults("family_star", {**star, "routine": 11})) == {"routine"}
    assert faults("family_star", {**star, "routine": 10}) == {}
