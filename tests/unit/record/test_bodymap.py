"""The outline of a body: every place has words, left and right are the child's own, and the halves are alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_record.bodymap import HEIGHT, PARTS, WIDTH, is_on_paper, on_body, part_at, words_at


@pytest.mark.parametrize(
    ("side", "x", "y", "words"),
    [
        ("front", 122, 390, "Right forearm, front"),
        ("back", 122, 390, "Left forearm, back"),
        ("front", WIDTH - 122, 390, "Left forearm, front"),
        ("front", 250, 95, "Nose"),
        ("front", 232, 85, "Right eye"),
        ("front", 268, 85, "Left eye"),
        ("front", 280, 112, "Left cheek"),
        ("front", 250, 62, "Forehead"),
        ("front", 250, 124, "Mouth"),
        ("front", 250, 140, "Chin"),
        ("front", 300, 232, "Left side of the chest"),
        ("back", 300, 232, "Right side of the upper back"),
        ("front", 250, 330, "Middle of the belly"),
        ("front", 200, 424, "Right hip"),
        ("front", 250, 440, "Groin"),
        ("back", 250, 95, "Back of the head"),
        ("back", 250, 424, "Buttocks"),
        ("back", 220, 424, "Left buttock"),
        ("front", 270, 165, "Left side of the neck, front"),
        ("front", 138, 325, "Right elbow, front"),
        ("back", 109, 440, "Left wrist, back"),
        ("front", 93, 506, "Right fingers, front"),
        ("front", 195, 855, "Right ankle, front"),
        ("back", 200, 760, "Left calf"),
        ("front", 250, 0, "Top of the head, front"),
    ],
)
def test_a_place_is_said_as_the_childs_own_side(side: str, x: int, y: int, words: str) -> None:
    assert words_at(side, x, y) == words


@given(st.integers(0, WIDTH), st.integers(0, HEIGHT), st.sampled_from(["front", "back"]))
def test_every_place_on_the_paper_has_words_and_a_place_on_the_body(x: int, y: int, side: str) -> None:
    assert is_on_paper(x, y)
    words = words_at(side, x, y)
    assert words[0].isupper()
    assert "{" not in words
    if part_at(x, y).is_paired:
        assert ("left" in words.lower()) is not ("right" in words.lower())
    there = on_body(x, y)
    assert is_on_paper(*there)
    assert part_at(*there).distance(*there) <= 1
    if part_at(x, y).distance(x, y) <= 0:
        assert there == (x, y)


def test_a_mark_beside_the_body_is_put_where_the_body_is_nearest() -> None:
    assert on_body(20, 390) != (20, 390)
    assert words_at("front", *on_body(20, 390)) == words_at("front", 20, 390) == "Right forearm, front"


@pytest.mark.parametrize("part", PARTS, ids=[f"{each.front}{each.x1}" for each in PARTS])
def test_each_part_is_found_in_its_own_middle(part: object) -> None:
    from sf_record.bodymap import Part

    assert isinstance(part, Part)
    x, y = (part.x1 + part.x2) / 2, (part.y1 + part.y2) / 2
    assert part_at(x, y).front == part.front
    assert part_at(WIDTH - x, y).front == part.front
