"""A person is asked what their part in the family needs, and numbers that cannot be right are told of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sf_desktop.resources import code_sets
from sf_record.kinds import KINDS
from sf_record.rules.validation import Rules, problems
from sf_record.text.identifiers import upn_check_letter

RULES = Rules(code_sets(), date(2026, 11, 23))
CHILD = {"role": "child", "given_name": "Robin", "family_name": "Pretend-Alder"}


def at_fault(kind: str, body: dict[str, Any]) -> set[str]:
    return {each.field for each in problems(kind, body, RULES)}


def test_numbers_that_fit_may_be_saved() -> None:
    upn, former = (f"{upn_check_letter(tail)}{tail}" for tail in ("936000001232", "93600000123P"))
    numbers = {"nhs_number": "943 476 5870", "upn": upn, "former_upn": former}
    assert at_fault("person", CHILD | numbers) == set()


@pytest.mark.parametrize(
    ("field", "value"), [("nhs_number", "943 476 5871"), ("upn", "A936000001232"), ("former_upn", "936000001232")]
)
def test_a_number_that_cannot_be_right_is_told_at_its_field(field: str, value: str) -> None:
    assert at_fault("person", CHILD | {field: value}) == {field}


def test_why_there_is_no_upn_is_a_code_of_the_department_and_stands_instead_of_one() -> None:
    assert at_fault("person", CHILD | {"upn_unknown": "UN1"}) == set()
    assert at_fault("person", CHILD | {"upn_unknown": "UN9"}) == {"upn_unknown"}
    assert "upn_unknown" in at_fault("person", CHILD | {"upn": "A936000001232", "upn_unknown": "UN1"})


@pytest.mark.parametrize(("postcode", "is_fine"), [("CA1 1AA", True), ("", True), ("Carlisle", False)])
def test_a_postcode_has_the_form_of_one(postcode: str, is_fine: bool) -> None:
    home = {"type": "placement", "address": "1 Sample Street, Sampleton", "postcode": postcode, "began_on": "2026-03"}
    assert (at_fault("person", CHILD | {"addresses": [home]}) == set()) is is_fine
    assert (at_fault("family", {"name": "Pretend family Alder", "postcode": postcode}) == set()) is is_fine


@pytest.mark.parametrize("name", ["upn", "former_upn", "upn_unknown"])
def test_only_children_are_asked_for_a_pupil_number(name: str) -> None:
    assert KINDS["person"].by_name[name].asked_when == ("role", ("child",))


def test_only_those_with_a_health_service_in_the_plan_are_asked_for_an_nhs_number() -> None:
    assert KINDS["person"].by_name["nhs_number"].asked_when == ("role", ("child", "parent_to_be"))


def test_what_was_recorded_before_stays_as_good_as_it_was() -> None:
    one, other = "0190b1c0-0000-7000-8000-000000000001", "0190b1c0-0000-7000-8000-000000000002"
    for how in ("mother", "partner", "half_sibling", "other"):
        assert at_fault("relationship", {"person": one, "type": how, "to_person": other}) == set()
    assert at_fault("person", CHILD | {"restriction": "No contact"}) == set()
