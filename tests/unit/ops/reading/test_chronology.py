"""The chronology stands in order of date, whatever is known of a date; each line says where it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.household.people import children_of, people_of
from sf_desktop.ops.office import Office
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.ops.reading.chronology import KIND, chronology, line_of, start_line
from sf_desktop.papers import press
from sf_record.errors import InputError
from sf_record.record import Record
from tests.builders.papers import squeezed, tags_of, text_of
from tests.builders.written import write_note


@pytest.fixture
def family_id(held: tuple[Record, ...]) -> str:
    """A family file that has no chronology yet."""
    return held[-1].family_id


def put(office: Office, family_id: str, what: str, on: str, **more: Any) -> str:
    body = {"what": what, "happened_on": on, "sort": "fact", "source": "Pretend letter", **more}
    return writing.create(office, KIND, family_id, body).record_id


def test_lines_stand_in_order_of_date(office: Office, family_id: str) -> None:
    for what, on in (
        ("fourth", "2021-03-02"), ("second", "2021"), ("fifth", "2022-01-01"), ("third", "2021-03"), ("first", "2019"),
    ):  # fmt: skip
        put(office, family_id, what, on)
    lines = chronology(office, family_id).lines
    assert [each.what for each in lines] == ["first", "second", "third", "fourth", "fifth"]
    assert [each.day_words for each in lines][:4] == ["2019", "2021", "March 2021", "2 March 2021"]


def test_a_line_needs_its_date_its_source_and_whether_it_is_a_fact(office: Office, family_id: str) -> None:
    with pytest.raises(InputError) as caught:
        writing.create(office, KIND, family_id, {"what": "Moved house"})
    assert {each.field for each in caught.value.fields} == {"happened_on", "source", "sort"}


def test_a_record_is_put_in_with_its_day_words_people_and_source(office: Office, held: tuple[Record, ...]) -> None:
    visit = next(each for each in reversed(held) if each.kind == "visit")
    draft = start_line(office, visit.family_id, visit.id)
    assert draft.body["happened_on"] == str(visit.body["started_at"])[:10]
    assert draft.body["what"].startswith(("School visit", "Home visit", "Centre visit", "Placement visit"))
    assert str(visit.body["observed"]).split("\n")[0][:40] in draft.body["what"]
    assert draft.body["source"].startswith("Visit, ")
    assert set(visit.body["present"]) <= set(draft.body["about"])
    assert start_line(office, visit.family_id, visit.id).id == draft.id  # begun once
    assert line_of(office, visit.id) == ""
    drafting.save(office, draft.id, {**draft.body, "sort": "fact", "impact": "Pretend impact"})
    saved = finishing.finish(office, draft.id, sign=False).record_id
    assert line_of(office, visit.id) == saved


def test_a_long_record_is_cut_between_words(office: Office, family_id: str) -> None:
    text = "Pretend words " * 100
    body = {"type": "note", "text": text, "happened_at": office.now()}
    note = write_note(office, family_id, body).record_id
    what = start_line(office, family_id, note).body["what"]
    assert len(what) <= 500
    assert what.endswith(("words…", "Pretend…"))


def test_what_was_taken_from_a_record_in_error_says_so(office: Office, family_id: str) -> None:
    note = write_note(office, family_id, {"type": "note", "text": "x", "happened_at": office.now()}).record_id
    put(office, family_id, "Pretend event", "2024", from_record=note)
    assert not chronology(office, family_id).lines[0].is_source_in_error
    writing.enter_in_error(office, note, "Another family")
    assert chronology(office, family_id).lines[0].is_source_in_error
    paper = papers.preview(office, Wanted("chronology", family_id)).paper
    assert paper.marks[0].lead == "One line was taken from a record that was entered in error"
    assert "(since marked as entered in error)" in paper.words()


def test_a_line_entered_in_error_is_gone(office: Office, family_id: str) -> None:
    line = put(office, family_id, "Pretend event", "2024")
    writing.enter_in_error(office, line, "Twice")
    assert chronology(office, family_id).lines == ()


def test_the_paper_for_a_court(office: Office, family_id: str) -> None:
    child, other = children_of(office, family_id)[0], "01900000-0000-7000-8000-000000000000"
    put(office, family_id, "Moved house", "2019", about=[child.id], impact="Lost her friends")
    put(office, family_id, "Father left", "2018-05", about=[], sort="opinion")
    whole = papers.preview(office, Wanted("chronology", family_id))
    made = press.pdf(whole.paper, whole.stamp)
    read = text_of(made)
    assert read.index("Father left") < read.index("Moved house")
    for each in ("2 events in order of date, May 2018 to 2019.", "May 2018", "Lost her friends", child.name):
        assert squeezed(each) in squeezed(read)
    assert squeezed("Professional opinion") in squeezed(read)
    assert {"/Table", "/TH", "/TD"} <= set(tags_of(made))
    children = [each for each in people_of(office, family_id) if each.is_child]
    assert "; ".join(whole.paper.under).count("born ") == sum(bool(each.born_on) for each in children)
    hers = papers.preview(office, Wanted("chronology", family_id, child.id)).paper
    assert hers.heading == f"Chronology: {child.name}"
    assert hers.under[1].startswith(f"{child.name}, born ")
    assert "Father left" not in hers.words()
    assert (
        "nothing has been put" in papers.preview(office, Wanted("chronology", family_id, other)).paper.words().lower()
    )
