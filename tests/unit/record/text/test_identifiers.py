"""NHS numbers, UPNs and postcodes are told from what only looks like one, as an independent library tells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn

from sf_record.text.identifiers import compact, nhs_number_problem, postcode_problem, upn_check_letter, upn_problem

DIGITS = "0123456789"
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@given(st.text(DIGITS, min_size=10, max_size=10))
def test_an_nhs_number_is_one_where_the_library_says_so(number: str) -> None:
    assert (nhs_number_problem(number) == "") is nhs.is_valid(number)


@pytest.mark.parametrize("typed", ["9434765870", "943 476 5870", "943-476-5870", " 9434765870 "])
def test_an_nhs_number_may_be_typed_as_people_write_it(typed: str) -> None:
    assert nhs_number_problem(typed) == ""


@pytest.mark.parametrize("typed", ["", "943476587", "94347658700", "9434765871", "943476587O", "٩٤٣٤٧٦٥٨٧٠"])
def test_what_is_no_nhs_number_is_told(typed: str) -> None:
    assert nhs_number_problem(typed)


@given(st.sampled_from(("801", "823", "936", "380")), st.text(DIGITS, min_size=8, max_size=8), st.sampled_from(DIGITS))
def test_the_check_letter_is_the_library_s(authority: str, middle: str, last: str) -> None:
    tail = authority + middle + last
    assert upn_check_letter(tail) == upn.calc_check_digit(tail)
    number = upn_check_letter(tail) + tail
    assert upn_problem(number) == ""
    assert upn.is_valid(number)
    assert upn_problem(number.lower()) == ""


@given(st.sampled_from(LETTERS), st.sampled_from(LETTERS))
def test_a_temporary_upn_ends_in_a_letter(first: str, last: str) -> None:
    tail = f"93600000123{last}"
    assert upn_check_letter(tail) == upn.calc_check_digit(tail)
    assert (upn_problem(first + tail) == "") is (first == upn_check_letter(tail))


@pytest.mark.parametrize("typed", ["", "936", "I936000001232", "A93600000123O", "A936000O01232", "A9360000012321"])
def test_what_is_no_upn_is_told(typed: str) -> None:
    assert upn_problem(typed)


@pytest.mark.parametrize("typed", ["CA1 1AA", "ca11aa", "EC1A 1BB", "W1A 0AX", "M1 1AE", "GIR 0AA", "LA9 4DQ"])
def test_a_postcode_has_one_of_the_forms(typed: str) -> None:
    assert postcode_problem(typed) == ""


@pytest.mark.parametrize("typed", ["", "CA1", "1AA CA1", "CA1 1A", "CA1 1CA", "Carlisle", "CA111 1AA"])
def test_what_is_no_postcode_is_told(typed: str) -> None:
    assert postcode_problem(typed)


def test_spaces_dashes_and_small_letters_make_no_difference() -> None:
    assert compact(" ca1-1 aa ") == "CA11AA"
