"""An ecomap has the household in its middle and everything else round it, nothing on anything else."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from sf_record.kinds.connection import DIRECTIONS, STRENGTHS, SYSTEMS, Connection
from sf_record.maps import ecomap
from sf_record.maps.ecomap import Tie
from sf_record.maps.shapes import Line, Picture, Words, overlap

HOME = ("Robin Pretend-Alder", "Morag Pretend-Alder")
DRAWN = "Drawn 23 November 2026 by P. Example"


def ties(count: int) -> list[Tie]:
    made = []
    for number in range(count):
        connection = Connection(
            name=f"Pretend place {number} of a rather long name",
            type=SYSTEMS[number % len(SYSTEMS)][0],
            strength=STRENGTHS[number % len(STRENGTHS)][0],
            direction=DIRECTIONS[number % len(DIRECTIONS)][0] if number % 5 else "",
        )
        made.append(Tie(str(number), connection, "Robin" if number % 3 == 0 else ""))
    return made


def drawn(count: int) -> Picture:
    return ecomap.draw(HOME, ties(count), "Ecomap", DRAWN)


def lines(picture: Picture, part: str) -> list[Line]:
    return [each for each in picture.shapes if isinstance(each, Line) and each.part == part]


@pytest.mark.parametrize("count", [0, 1, 2, 7, 12, 30])
def test_nothing_stands_on_anything_else(count: int) -> None:
    picture = drawn(count)
    assert len(picture.spots) == 1 + count
    for one, other in combinations(picture.spots, 2):
        reach = (one.box[2] - one.box[0]) / 2 + (other.box[2] - other.box[0]) / 2
        assert math.dist(one.middle, other.middle) > reach
    wide, high = picture.size
    for spot in picture.spots:
        assert min(spot.box) >= 0
        assert spot.box[2] <= wide
        assert spot.box[3] <= high
    words = [each.box for each in picture.shapes if isinstance(each, Words)]
    letters = [(left, top, right, bottom - 5) for left, top, right, bottom in words]
    assert not [pair for pair in combinations(letters, 2) if overlap(*pair)]


def test_each_line_joins_its_system_and_the_household() -> None:
    picture = drawn(12)
    home, *systems = picture.spots
    radius = (home.box[2] - home.box[0]) / 2
    for spot in systems:
        line = next(each for each in lines(picture, "connection") if each.about == (spot.id,))
        assert abs(math.dist(line.points[0], home.middle) - radius) < 8
        assert abs(math.dist(line.points[-1], spot.middle) - ecomap.SYSTEM) < 8


@pytest.mark.parametrize(
    ("direction", "arrows"),
    [("both", (True, True)), ("to_family", (True, False)), ("from_family", (False, True)), ("", (False, False))],
)
def test_arrows_say_where_help_goes(direction: str, arrows: tuple[bool, bool]) -> None:
    for strength, _ in STRENGTHS:
        tie = Tie("a", Connection(name="Gran", type="relatives", strength=strength, direction=direction))
        picture = ecomap.draw(HOME, [tie], "Ecomap", DRAWN)
        found = [each for part in ("connection", "direction") for each in lines(picture, part)]
        assert (any(each.arrow_at_start for each in found), any(each.arrow_at_end for each in found)) == arrows


def test_the_legend_tells_of_what_is_drawn_and_no_more() -> None:
    tie = Tie("a", Connection(name="Gran", type="relatives", strength="weak"))
    told = {
        each.text
        for each in ecomap.draw(HOME, [tie], "Ecomap", DRAWN).shapes
        if isinstance(each, Words) and each.part == "legend"
    }
    assert told == {"What the signs mean", "Weak or uncertain"}


def test_it_says_the_same_in_words() -> None:
    tie = Tie(
        "a",
        Connection(name="Gran", type="relatives", strength="strong", direction="to_family", note="Ada says."),
        "Ada",
    )
    assert ecomap.draw(HOME, [tie], "Ecomap", DRAWN).lines == (
        "The household: Robin Pretend-Alder, Morag Pretend-Alder. Connections: 1.",
        (
            "Gran: Relatives outside the household, of Ada, strong and supportive, help and energy go mostly towards"
            " the family. Ada says."
        ),
    )
