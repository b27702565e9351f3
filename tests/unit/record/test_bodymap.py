"""The outline of a body: every place has words, left and right are the child's own, and the halves are alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_record.bodymap import HEIGHT, PARTS, WIDTH, is_on_paper, part_at, words_at


@pytest.mark.parametrize(
    ("side", "x", "y", "words"),
    [
        ("front", 122, 390, "Right forearm, front"),
        ("back", 122, 390, "Left forearm, back"),
        ("front", WIDTH - 122, 390, "Left forearm, front"),
        ("front", 250, 95, "Face"),
        ("back", 250, 95, "Back of the head"),
        ("back", 250, 424, "Buttocks"),
        ("front", 250, 0, "Top of the head, front"),
    ],
)
def test_a_place_is_said_as_the_childs_own_side(side: str, x: int, y: int, words: str) -> None:
    assert words_at(side, x, y) == words


@given(st.integers(0, WIDTH), st.integers(0, HEIGHT), st.sampled_from(["front", "back"]))
def test_every_place_on_the_paper_is_some_part(x: int, y: int, side: str) -> None:
    assert is_on_paper(x, y)
    part = part_at(x, y)
    name = part.front if side == "front" else part.back
    assert name in words_at(side, x, y).lower()
    assert words_at(side, x, y).endswith(f", {side}") is (part.front == part.back)


@pytest.mark.parametrize("part", PARTS, ids=[f"{each.front}{each.x1}" for each in PARTS])
def test_each_part_is_found_in_its_own_middle(part: object) -> None:
    from sf_record.bodymap import Part

    assert isinstance(part, Part)
    x, y = (part.x1 + part.x2) / 2, (part.y1 + part.y2) / 2
    assert part_at(x, y).front == part.front
    assert part_at(WIDTH - x, y).front == part.front
