"""Dates as law and practice count them, held against the vectors with their sources."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_desktop.paths import resources
from sf_desktop.resources import usual_intervals, working_days
from sf_record.dates import ApproximateDate, add_months, age_words, day_in_england, moment_text, read_moment
from sf_record.deadlines.timescales import limit

DAYS = working_days()
INTERVALS = {each.key: each for each in usual_intervals()}
TODAY = date(2026, 11, 23)


def by(key: str) -> Callable[[date], date]:
    return lambda start: limit(start, INTERVALS[key], DAYS)


RULES: dict[str, Callable[[date], date]] = {
    "icpc_15wd": by("icpc"),
    "assessment_45wd": by("cin_assessment"),
    "cp_visit_10wd": by("cp_visit"),
    "cla_review_first_20wd": by("cla_review_first"),
    "cp_review_first_3m": by("cp_review_first"),
    "cla_visit_first_1wk": by("cla_visit_first"),
    "cla_visit_6wk": by("cla_visit_year1"),
    "retention_cla_75th_birthday": lambda start: add_months(start, 75 * 12, when_missing="next"),
    "retention_29feb_75": lambda start: add_months(start, 75 * 12, when_missing="next"),
}


NOT_RECKONED_HERE = {"sar_one_month", "sar_extended_three_months"}  # the council answers a subject access request


def vectors() -> list[tuple[str, date, date]]:
    text = (resources() / "facts" / "date_test_vectors.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return [
        (each["rule"], date.fromisoformat(each["start"]), date.fromisoformat(each["expected"]))
        for each in rows
        if each["rule"] not in NOT_RECKONED_HERE
    ]


@pytest.mark.parametrize(("rule", "start", "expected"), vectors())
def test_every_vector(rule: str, start: date, expected: date) -> None:
    assert RULES[rule](start) == expected


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("2026-11-20", "3 days"),
        ("2026-11-01", "3 weeks"),
        ("2026-04-20", "7 months"),
        ("2022-09-20", "4 years 2 months"),
        ("2024-02-29", "2 years 8 months"),
        ("1990-01-01", "36 years"),
        ("2017", "about 9 years"),
        ("2017-12", "about 8 years"),
        ("2017-11", "about 9 years"),
        ("2025-12", "under 1 year"),
        ("2026", "under 1 year"),
        ("2027-01-01", "not yet born"),
    ],
)
def test_ages_are_said_as_practitioners_say_them(born: str, words: str) -> None:
    assert age_words(ApproximateDate.read(born), TODAY) == words


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 2))
def test_an_approximate_date_is_read_as_it_is_written(day: date, precision: int) -> None:
    text = day.isoformat()[: (4, 7, 10)[precision]]
    read = ApproximateDate.read(text)
    assert str(read) == text
    assert read.earliest <= day <= read.latest


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-02-30", "2026-1-1", "2026-01-01 ", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        ApproximateDate.read(text)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])))
def test_the_order_of_moments_texts_is_the_order_of_time(at: datetime) -> None:
    if at.year > 1:
        assert read_moment(moment_text(at)) == at
        assert len(moment_text(at)) == 27


@given(st.dates(date(2012, 1, 1), date(2027, 12, 31)), st.integers(0, 400))
def test_adding_working_days_and_counting_them_agree(start: date, count: int) -> None:
    end = DAYS.add(start, count)
    assert DAYS.between(start, end) == count
    assert count == 0 or DAYS.is_working_day(end)


@given(st.dates(date(2019, 1, 1), date(2028, 12, 31)), st.integers(-800, 800))
def test_working_days_between_are_those_that_are_counted_one_by_one(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    first, last = min(start, end), max(start, end)
    counted = sum(DAYS.is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert DAYS.between(start, end) == (counted if days >= 0 else -counted)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-12-31T23:59:59Z", "2026-12-31"),
        ("2026-03-29T00:59:59Z", "2026-03-29"),
        ("2026-03-28T23:30:00Z", "2026-03-28"),  # the last evening before clocks go forward
        ("2026-03-29T23:00:00Z", "2026-03-30"),
        ("2026-06-30T22:59:59Z", "2026-06-30"),
        ("2026-06-30T23:00:00Z", "2026-07-01"),
        ("2026-10-24T23:00:00Z", "2026-10-25"),  # the last night before clocks go back
        ("2026-10-25T23:00:00Z", "2026-10-25"),
        ("2027-10-31T23:59:00Z", "2027-10-31"),  # the last day of October is a Sunday
        ("2027-10-30T23:00:00Z", "2027-10-31"),
    ],
)
def test_the_day_on_the_wall_in_england_changes_at_midnight_there(at: str, day: str) -> None:
    assert day_in_england(read_moment(at)).isoformat() == day
