"""Codes for the telephone: read back as they were given, and the misheard line is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_record.text.spoken import ANSWER, REQUEST, MisreadError, heard, read_request, request_code, spoken

KEY, VAULT = bytes(range(32)), bytes(range(100, 116))


@given(st.binary(max_size=120))
def test_what_is_given_is_read_back(content: bytes) -> None:
    code = spoken(ANSWER, content)
    assert heard(ANSWER, code) == content
    assert heard(ANSWER, code.lower().replace(" ", "-").replace("0", "o").replace("1", "l")) == content


def test_a_request_has_five_short_lines() -> None:
    code = request_code(KEY, VAULT)
    assert read_request(code) == (KEY, VAULT)
    lines = code.splitlines()
    assert len(lines) == 5
    assert all(len(group) <= 5 for line in lines for group in line.split())


def test_the_misheard_line_is_named() -> None:
    lines = request_code(KEY, VAULT).splitlines()
    wrong = lines[2].replace(lines[2][7], "Z" if lines[2][7] != "Z" else "Y", 1)
    with pytest.raises(MisreadError) as misread:
        heard(REQUEST, "\n".join([*lines[:2], wrong, *lines[3:]]))
    assert misread.value.line == 3
    with pytest.raises(MisreadError):
        heard(REQUEST, "\n".join([lines[1], lines[0], *lines[2:]]))


@pytest.mark.parametrize("text", ["", "A", "hello", "\x00", "é" * 40, "0" * 2_000])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(MisreadError):
        heard(REQUEST, text)


def test_one_code_is_not_taken_for_another() -> None:
    with pytest.raises(MisreadError) as misread:
        heard(ANSWER, request_code(KEY, VAULT))
    assert misread.value.line == 0
