"""A map is laid on paper so that names can be read and everybody is whole on one sheet."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from sf_record.kinds.connection import Connection
from sf_record.maps import ecomap, genogram
from sf_record.maps.kin import read_kin
from sf_record.maps.shapes import TEXT_SIZE, Box, Picture, Words
from sf_record.maps.sheets import FIRST, READABLE, READABLE_LARGE, SHEET, spread
from tests.builders.difficult import FAMILIES

TODAY = date(2026, 11, 23)


def tree(name: str) -> Picture:
    family = FAMILIES[name]()
    return genogram.draw(read_kin(family.people, family.relations, TODAY, index=family.index), "Family tree", "Drawn")


def around(count: int) -> Picture:
    ties = [ecomap.Tie(str(each), Connection(name=f"Pretend club {each}", type="other")) for each in range(count)]
    return ecomap.draw(["Robin Pretend"], ties, "Ecomap", "Drawn")


PICTURES = {name: partial(tree, name) for name in FAMILIES} | {"ecomap": partial(around, 24)}


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("name", PICTURES)
def test_names_can_be_read_and_everybody_is_whole_on_a_sheet(name: str, is_large: bool) -> None:
    picture = PICTURES[name]()
    found = spread(picture, is_large=is_large)
    assert found.scale * TEXT_SIZE >= (READABLE_LARGE if is_large else READABLE) - 0.01
    boxes = [each.box for each in found.pieces] or [picture.drawing]
    for each in _whole(picture):
        assert any(_holds(box, each) for box in boxes), each
    wide, high = SHEET if found.pieces else FIRST
    for left, top, right, bottom in boxes:
        assert (right - left) * found.scale <= wide + 0.01
        assert (bottom - top) * found.scale <= high + 0.01


def test_a_large_family_is_cut_from_left_to_right_and_a_small_one_not_at_all() -> None:
    large = spread(tree("large"))
    assert [(each.row, each.column) for each in large.pieces] == [(1, 1), (1, 2), (1, 3)]
    assert spread(tree("half_siblings")).pieces == ()


def test_no_sheet_is_empty() -> None:
    picture = tree("large")
    for each in spread(picture, is_large=True).pieces:
        assert any(not _is_apart(each.box, spot.box) for spot in picture.spots)


def _whole(picture: Picture) -> list[Box]:
    """Every symbol, and every name."""
    names = [each.box for each in picture.shapes if isinstance(each, Words) and each.part == "caption"]
    return [each.box for each in picture.spots] + names


def _holds(box: Box, each: Box) -> bool:
    near = 0.5
    return (
        box[0] - near <= each[0] and box[1] - near <= each[1] and each[2] <= box[2] + near and each[3] <= box[3] + near
    )


def _is_apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_household_larger_than_a_sheet_is_spread_all_the_same() -> None:
    picture = ecomap.draw([f"Robin{each} Pretend" for each in range(60)], [], "Ecomap", "Drawn")
    assert len(spread(picture, is_large=True).pieces) > 1
