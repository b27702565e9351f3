"""The maps of a family file are drawn from what is recorded in it, noted, and can be put on paper."""

from __future__ import annotations

import io

import pikepdf
import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.household import maps, people
from sf_desktop.ops.household.maps import ECOMAP, GENOGRAM
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.map_papers import HIDE
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.papers import press
from sf_record.errors import InputError
from tests.builders import difficult
from tests.builders.kinship import recorded
from tests.builders.papers import squeezed, text_of


def test_everybody_is_drawn_and_the_child_with_a_status_is_the_index(office: Office, family_id: str) -> None:
    drawn = maps.draw(office, family_id, GENOGRAM)
    found = people.people(office, family_id)
    assert {spot.id for spot in drawn.picture.spots if spot.id} == {each.id for each in found}
    index = {spot.id for spot in drawn.picture.spots if "child whom this file is about" in spot.words}
    assert index == {each.id for each in found if each.statuses}
    assert drawn.has_restricted
    assert [(each.what, each.family_id) for each in office.tx.looks] == [(Look.FAMILY_OPENED, family_id)]  # type: ignore[attr-defined]


def test_what_is_entered_in_error_is_not_drawn(office: Office, family_id: str) -> None:
    child = people.children_of(office, family_id)[0]
    writing.enter_in_error(office, child.id, "Another family")
    assert child.id not in {spot.id for spot in maps.draw(office, family_id, GENOGRAM).picture.spots}


@pytest.mark.parametrize("name", [GENOGRAM, ECOMAP])
def test_restricted_people_are_left_out_also_on_paper(office: Office, family_id: str, name: str) -> None:
    restricted = next(each for each in people.people(office, family_id) if each.restriction)
    writing.create(
        office, "connection", family_id,
        {"name": "Pretend probation", "type": "justice", "strength": "weak", "person": restricted.id},
    )  # fmt: skip
    for about, is_there in (("", True), (HIDE, False)):
        sheet = papers.preview(office, Wanted(name, family_id, about))
        words = sheet.paper.words()
        telling = restricted.name if name == GENOGRAM else "Pretend probation"
        assert (telling in words) is is_there
        text = squeezed(text_of(press.pdf(sheet.paper, sheet.stamp)))
        assert (squeezed(telling) in text) is is_there


def test_the_paper_holds_the_drawing_and_the_same_in_words(office: Office, family_id: str) -> None:
    recorded(office, family_id, difficult.re_partnering())
    sheet = papers.preview(office, Wanted(GENOGRAM, family_id))
    text = squeezed(text_of(press.pdf(sheet.paper, sheet.stamp)))
    for line in sheet.paper.sections[0].items:
        assert squeezed(line) in text
    assert squeezed("What the signs mean") in text
    assert squeezed("Drawn 23 November 2026 by P. Example") in text
    assert sheet.paper.title == "Family tree"  # no name


def test_the_ecomap_shows_what_holds_today(office: Office, family_id: str) -> None:
    before = len(maps.draw(office, family_id, ECOMAP).picture.spots)
    body = {"name": "Pretend judo", "type": "leisure", "strength": "strong", "direction": "both"}
    writing.create(office, "connection", family_id, body)
    writing.create(office, "connection", family_id, body | {"name": "Pretend old school", "ended_on": "2020"})
    picture = maps.draw(office, family_id, ECOMAP).picture
    assert len(picture.spots) == before + 1
    assert "Pretend judo: Clubs, play and leisure, of the whole household, strong and supportive" in picture.lines[-1]
    assert picture.lines[0].startswith("The household: ")


def test_professionals_are_drawn_without_being_typed_again(office: Office, family_id: str) -> None:
    before = {spot.id for spot in maps.draw(office, family_id, ECOMAP).picture.spots}
    teacher = {"name": "T. Example", "role": "Teacher", "agency": "Pretend Academy"}
    made = writing.create(office, "professional", family_id, teacher).record_id
    gone = writing.create(
        office, "professional", family_id, {**teacher, "agency": "Pretend Police", "until": "2026-01-01"}
    )
    picture = maps.draw(office, family_id, ECOMAP).picture
    assert {spot.id for spot in picture.spots} - before == {made}
    assert gone.record_id not in {spot.id for spot in picture.spots}
    assert "Pretend Academy: T. Example, Teacher, of the whole household, how strong is not recorded." in picture.lines
    writing.create(office, "connection", family_id, {"name": "pretend academy", "type": "school", "strength": "weak"})
    assert made not in {spot.id for spot in maps.draw(office, family_id, ECOMAP).picture.spots}  # it says more now


def test_the_drawing_is_a_figure_with_words_for_a_screen_reader(office: Office, family_id: str) -> None:
    sheet = papers.preview(office, Wanted(GENOGRAM, family_id))
    assert sorted(_alternatives(press.pdf(sheet.paper, sheet.stamp))) == [
        "Family tree, drawn. The same is said in words below.",
        "What the signs mean, drawn. The same is said in words below.",
    ]


def test_a_file_that_left_is_told_of(office: Office) -> None:
    with pytest.raises(InputError) as told:
        maps.draw(office, office.new_id(), GENOGRAM)
    assert told.value.code == "family_gone"


def test_a_large_family_is_drawn_small_once_and_large_on_pages_of_its_own(office: Office, family_id: str) -> None:
    recorded(office, family_id, difficult.large())
    sheet = papers.preview(office, Wanted(GENOGRAM, family_id))
    made = press.pdf(sheet.paper, sheet.stamp)
    pages = [squeezed(each) for each in text_of(made).split("\f")]
    count = sum("fromtheleft" in each for each in pages)
    assert count > 2
    assert f"Itisdrawnlargeronthenext{count}pages" in pages[0]
    for number, page in enumerate(pages[1 : count + 1], 1):
        assert f"Part{number}of{count}" in page
    assert "Thesameinwords" in pages[count + 1]
    assert f"Family tree, drawn large: part {count} of {count}." in _alternatives(made)


def _alternatives(pdf: bytes) -> list[str]:
    """What a screen reader says in place of each figure."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [str(each.Alt) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
