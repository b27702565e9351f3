"""A measure in words says where it began, where it stands and whether that is better; nothing is made of one score."""

from __future__ import annotations

import pytest

from sf_record.progress import NOTHING_YET, Point, Series, change_words, in_order, in_words, point_words


def scores(*values: int, **more: bool) -> Series:
    points = tuple(Point(f"2026-0{month}-01", value) for month, value in enumerate(values, 1))
    return Series("Pretend goal", points, **more)


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (scores(), NOTHING_YET),
        (scores(3), "3 out of 10 on 1 January 2026. Scored once, so there is no change yet."),
        (scores(3, 6), "From 3 on 1 January 2026 to 6 out of 10 on 1 February 2026: 3 higher, which is better."),
        (scores(6, 9, 5), "From 6 on 1 January 2026 to 5 out of 10 on 1 March 2026: 1 lower, which is worse."),
        (scores(4, 4), "From 4 on 1 January 2026 to 4 out of 10 on 1 February 2026: the same as at the start."),
    ],
)
def test_a_series_in_words(series: Series, words: str) -> None:
    assert in_words(series) == words


def test_fewer_difficulties_are_better() -> None:
    assert change_words(scores(21, 15, is_high_good=False)) == "6 lower, which is better"
    assert change_words(scores(15, 21, is_high_good=False)) == "6 higher, which is worse"


def test_one_point_says_by_whom_and_what_was_said() -> None:
    told = point_words(scores(3), Point("2026-05-01", 3, "Pretend Robin, at the start", "It is a long way"))
    assert told == "1 May 2026: 3 out of 10, Pretend Robin, at the start: It is a long way"


def test_points_stand_in_the_order_of_their_days_and_those_of_one_day_as_given() -> None:
    points = [Point("2026-05-02", 4), Point("2026-05-01", 2), Point("2026-05-02", 5)]
    assert [each.value for each in in_order(points)] == [2, 4, 5]
