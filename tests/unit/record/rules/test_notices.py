"""The privacy notice: complete before it is published, correct in what it cites, due to those who do not have it."""

from __future__ import annotations

from datetime import date

import pytest

from sf_desktop.resources import notice_texts, retention_schedule
from sf_record.configuration import Configuration, NoticeVersion
from sf_record.record import InError, Record
from sf_record.rules import notices
from sf_record.text.passages import Sort, passages

FACTS = {
    "council": "Pretend County",
    "service": "Strengthening Families",
    "service_contact": "01632 960002",
    "officer_contact": "01632 960003",
    "complaints_contact": "01632 960004",
}
START = date(2027, 4, 1)


def a_version(name: str = "2027-1", start: date = START) -> NoticeVersion:
    return notices.published(name, start, notice_texts(), FACTS, retention_schedule())


def test_everything_that_the_law_asks_for_is_said() -> None:
    text = " ".join(each.text for each in passages(a_version().text))
    for words in (
        "6(1)(c)", "6(1)(e)", "9(2)(g)", "9(2)(h)", "Data Protection Act 2018", "Schedule 1", "Children Act 1989",
        "data protection officer", "one calendar month", "within 30 days", "Information Commissioner", "object",
        "erased", "Early Help Assessment", "Pretend County", "01632 960003", "2027-1", "1 April 2027",
    ):  # fmt: skip
        assert words in text, words
    assert "1998" not in text
    assert "{" not in text


def test_the_plain_text_says_the_same_promises_in_short_sentences() -> None:
    found = passages(a_version().easy_text)
    text = " ".join(each.text for each in found)
    for words in ("change your mind", "within one month", "30 days", "Information Commissioner", "01632 960004"):
        assert words in text, words
    sentences = [each for passage in found for each in passage.text.replace(":", ".").split(". ")]
    assert sum(len(each.split()) for each in sentences) / len(sentences) < 13


def test_retention_is_that_of_the_schedule() -> None:
    points = notices.retention_points(retention_schedule()).splitlines()
    assert points[0] == "- A child who was looked after: 75 years from the child’s birth."
    assert points[1] == "- A child who needed protection: 35 years from the day the file is closed."
    assert len(points) == 5
    shorter = retention_schedule().replace("child_protection,35,", "child_protection,25,")
    assert "needed protection: 25 years" in notices.retention_points(shorter)


def test_what_was_not_given_is_named_and_nothing_is_published() -> None:
    with pytest.raises(ValueError, match="complaints_contact, officer_contact"):
        notices.published(
            "1", START, notice_texts(), {**FACTS, "officer_contact": " ", "complaints_contact": ""}, "class\n"
        )


def test_what_a_council_writes_is_never_a_place_to_fill_in() -> None:
    assert notices.filled("{council}", {"council": "{service}"}) == "{service}"


def test_a_version_holds_from_its_day_until_the_next() -> None:
    known = Configuration(notices=(a_version("2", date(2027, 9, 1)), a_version("1")))
    assert known.notice(date(2027, 3, 31)) is None
    assert [known.notice(day).version for day in (START, date(2027, 8, 31), date(2027, 9, 1))] == ["1", "1", "2"]  # type: ignore[union-attr]


def person(id_: str, role: str, **more: object) -> Record:
    return Record(
        id=id_, family_id="f", kind="person", author_id="me", written_at="", body={"role": role, **more}
    )  # fmt: skip


def given(version: str, at: str, *people: str, in_error: InError | None = None) -> Record:
    body = {"version": version, "given_at": at, "people": list(people)}
    return Record(
        id=at, family_id="f", kind="notice_given", author_id="me", written_at=at, body=body, in_error=in_error
    )  # fmt: skip


def test_it_is_due_to_whoever_cares_for_a_child_and_does_not_have_this_version() -> None:
    people = [
        person("child", "child"), person("mother", "parent"), person("father", "parent"), person("gran", "carer"),
        person("to_be", "parent_to_be"), person("late", "parent", died_on="2020"), person("aunt", "other"),
    ]  # fmt: skip
    had = [
        given("1", "2027-05-01T09:00:00Z", "mother", "father"),
        given("2", "2027-09-02T09:00:00Z", "mother"),
        given("2", "2027-09-03T09:00:00Z", "gran", in_error=InError(by="me", at="", reason="Another family")),
    ]
    found = {each.person_id: each.had for each in notices.due(people, had, a_version("2"), START)}
    assert found == {"father": "1", "gran": "", "to_be": ""}
    assert notices.due(people, had, None, START) == ()


def test_a_young_person_who_was_given_it_once_is_due_the_next_and_others_from_the_council_s_age() -> None:
    people = [
        person("had_it", "child", born_on="2014-01-01"), person("of_age", "child", born_on="2015-04-01"),
        person("a_day_short", "child", born_on="2015-04-02"), person("sometime_2015", "child", born_on="2015"),
        person("not_known", "child"), person("unborn", "unborn", expected_on="2027-06-01"),
    ]  # fmt: skip
    had = [given("1", "2026-05-01T09:00:00Z", "had_it")]

    def due(from_age: int) -> dict[str, bool]:
        found = notices.due(people, had, a_version("2"), date(2027, 4, 1), from_age)
        return {each.person_id: each.is_young for each in found}

    assert due(0) == {"had_it": True}
    assert due(12) == {"had_it": True, "of_age": True}
    assert due(11) == {"had_it": True, "of_age": True, "a_day_short": True, "sometime_2015": True}


def test_a_page_is_read_into_its_parts() -> None:
    found = passages("# Title\n\n## Part\nOne line\ngoes on.\n\n- Point\n  goes on\n- <b>two</b>\n")
    assert [(each.sort, each.text) for each in found] == [
        (Sort.TITLE, "Title"),
        (Sort.HEADING, "Part"),
        (Sort.PARAGRAPH, "One line goes on."),
        (Sort.POINT, "Point goes on"),
        (Sort.POINT, "<b>two</b>"),
    ]
