"""Ten difficult families are drawn right: nobody on top of another, lines at their people, generations on rows."""

from __future__ import annotations

import csv
import math
from datetime import date
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sf_desktop.paths import resources
from sf_record.kinds.person import Person
from sf_record.kinds.relationship import PARTNERSHIPS, QUALITIES, TYPES, Relationship
from sf_record.maps import genogram, symbols
from sf_record.maps.crossing import crossed, letters
from sf_record.maps.kin import BIRTH, Kin, read_kin
from sf_record.maps.kinwords import everybody
from sf_record.maps.shapes import Box, Ellipse, Line, Outline, Picture, Point, Words, overlap
from sf_record.maps.svg import svg
from tests.builders import difficult
from tests.builders.difficult import FAMILIES, Family

TODAY = date(2026, 11, 23)
each_family = pytest.mark.parametrize("name", FAMILIES)
DRAWN = "Drawn 23 November 2026 by P. Example"


def kin_of(family: Family, **more: Any) -> Kin:
    return read_kin(family.people, family.relations, TODAY, index=family.index, **more)


def drawn(family: Family, **more: Any) -> tuple[Kin, Picture]:
    kin = kin_of(family, **more)
    return kin, genogram.draw(kin, f"Family tree: {family.name}", DRAWN)


def boxes(kin: Kin, picture: Picture) -> dict[str, Box]:
    """Where everybody stands, by their name in words."""
    said = dict(zip((spot.words for spot in picture.spots), picture.spots, strict=True))
    return {key: said[words].box for key, words in everybody(kin).items()}


def texts(picture: Picture, part: str) -> list[Words]:
    return [each for each in picture.shapes if isinstance(each, Words) and each.part == part]


def lines(picture: Picture, part: str) -> list[Line]:
    return [each for each in picture.shapes if isinstance(each, Line) and each.part == part]


def middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


@each_family
def test_no_symbol_and_no_name_stands_on_another(name: str) -> None:
    kin, picture = drawn(FAMILIES[name]())
    symbols_ = [spot.box for spot in picture.spots]
    captions = [each.box for each in texts(picture, "caption")]
    assert len(symbols_) == len(kin.members)
    assert not [pair for pair in combinations(symbols_, 2) if overlap(*pair)]
    assert not [pair for pair in combinations(map(_letters, captions), 2) if overlap(*pair)]
    assert not [(one, other) for one in symbols_ for other in captions if overlap(one, other)]
    wide, high = picture.size
    assert all(min(box) >= 0 and box[2] <= wide and box[3] <= high for box in symbols_ + captions)


def _letters(box: Box) -> Box:
    """The room of a line of text without what hangs below it."""
    return box[0], box[1], box[2], box[3] - 4


@each_family
def test_lines_begin_and_end_at_their_people(name: str) -> None:
    kin, picture = drawn(FAMILIES[name]())
    at = boxes(kin, picture)
    for line in lines(picture, "couple"):
        for member, end in zip(line.about[:2], _ends(line, at, line.about[:2]), strict=True):
            assert _is_at_edge(end, at[member]), member
    for part in ("child", "adopted", "fostered"):
        for line in lines(picture, part):
            assert _is_at_edge(line.points[-1], at[line.about[-1]]), line.about
            assert line.points[0][1] < line.points[-1][1]
    for line in lines(picture, "bond"):
        reach = max(symbols.HALF * math.sqrt(2), 40)
        ends = [
            math.dist(point, middle(at[each])) for each in line.about for point in (line.points[0], line.points[-1])
        ]
        assert min(ends) < reach, line.about


def _ends(line: Line, at: dict[str, Box], about: tuple[str, ...]) -> list[tuple[float, float]]:
    """The ends of a couple's line in the order of the two."""
    left_first = middle(at[about[0]])[0] <= middle(at[about[1]])[0]
    return [line.points[0], line.points[-1]] if left_first else [line.points[-1], line.points[0]]


def _is_at_edge(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    near = 2.0
    return box[0] - near <= x <= box[2] + near and box[1] - near <= y <= box[3] + near


@each_family
def test_every_child_hangs_from_its_parents(name: str) -> None:
    kin, picture = drawn(FAMILIES[name]())
    hung = {(line.about[0], line.about[1]) for part in ("child", "adopted", "fostered") for line in lines(picture, part)
            if len(line.about) == 2}  # fmt: skip
    assert hung == {(each.union, each.child) for each in kin.descents}
    bars = {line.about[0]: line for line in lines(picture, "bar")}
    drops = {line.about[0]: line for line in lines(picture, "drop")}
    for union in {each.union for each in kin.descents}:
        bar, drop = bars[union], drops[union]
        assert drop.points[-1][1] == bar.points[0][1]
        assert bar.points[0][0] - 1 <= drop.points[-1][0] <= bar.points[-1][0] + 1


@each_family
def test_generations_stand_on_rows_and_the_oldest_left(name: str) -> None:
    kin, picture = drawn(FAMILIES[name]())
    at = boxes(kin, picture)
    for descent in kin.descents:
        for parent in kin.unions[descent.union].members:
            assert middle(at[parent])[1] < middle(at[descent.child])[1]
    for union in kin.unions.values():
        assert len({round(middle(at[each])[1]) for each in union.members}) == 1
        children = [each for each in kin.children_of(union.id) if each.kind == BIRTH]
        places = [middle(at[each.child])[0] for each in children]
        assert places == sorted(places)
        assert len({round(middle(at[each.child])[1]) for each in children}) <= 1


def is_inside(outline: Outline, at: Point) -> bool:
    """Say whether a place lies within an outline: what leads from it to the right crosses it an odd number of times."""
    edges = pairwise((*outline.points, outline.points[0]))
    crossed = [
        (y1 > at[1]) is not (y2 > at[1]) and at[0] < (x2 - x1) * (at[1] - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in edges
    ]
    return sum(crossed) % 2 == 1


@each_family
def test_the_household_is_drawn_round_those_who_live_there_and_round_nobody_else(name: str) -> None:
    kin, picture = drawn(FAMILIES[name]())
    outlines = [each for each in picture.shapes if isinstance(each, Outline) and each.part == "household"]
    for key, box in boxes(kin, picture).items():
        corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
        inside = [sum(is_inside(each, corner) for each in outlines) % 2 == 1 for corner in corners]
        assert all(inside) if kin.members[key].lives_here else not any(inside), key


@each_family
def test_no_line_is_drawn_over_words(name: str) -> None:
    """The line of a household goes round them; where a bond cannot, it is broken beneath them."""
    _, picture = drawn(FAMILIES[name]())
    assert [each for each in _crossed(picture, Outline, "household") if each.part != "abuse"] == []
    assert [each for each in _crossed(picture, Line) if not _has_paper(picture, each)] == []


WRITTEN = ("caption", "years", "year", "tie", "abuse")


def _crossed(picture: Picture, kind: type[Line | Outline], part: str = "") -> list[Words]:
    found = [each for each in picture.shapes if isinstance(each, kind) and (each.part == part or not part)]
    words = [each for each in picture.shapes if isinstance(each, Words) and each.part in WRITTEN]
    return [each for each in words if crossed(each, found)]


def _has_paper(picture: Picture, words: Words) -> bool:
    """Whether paper lies beneath words, and above every line."""
    at = picture.shapes.index(words)
    last_line = max(
        number for number, each in enumerate(picture.shapes) if isinstance(each, Line) and each.part in LINES
    )
    beneath = [each for each in picture.shapes[last_line:at] if isinstance(each, Outline) and each.part == "paper"]
    room = pytest.approx(letters(words))
    return any((*each.points[0], *each.points[2]) == room for each in beneath)


LINES = ("couple", "child", "adopted", "fostered", "bond", "bar", "drop", "siblings")


@each_family
def test_title_day_author_and_legend_are_on_it(name: str) -> None:
    kin, picture = drawn(FAMILIES[name]())
    assert [each.text for each in texts(picture, "drawn")] == [DRAWN]
    told = {each.text for each in texts(picture, "legend")}
    kinds = {each.kind for each in kin.unions.values()} | {each.parting for each in kin.unions.values()}
    for kind, words in (("married", "Married"), ("cohabiting", "Living together as"), ("divorced", "Divorced")):
        assert (kind in kinds) is any(each.startswith(words) for each in told)
    assert "Child whom this file is about" in told
    assert any(each.startswith("Living together in this household") for each in told)
    for one, other in combinations([each.box for each in texts(picture, "legend")], 2):
        assert not overlap(one, other)


@each_family
def test_the_same_is_said_in_words(name: str) -> None:
    family = FAMILIES[name]()
    kin, picture = drawn(family)
    assert len(picture.lines) == len(kin.members)
    for person in family.people.values():
        assert any(line.startswith(person.name) for line in picture.lines)
    for spot in picture.spots:
        assert spot.words in picture.lines


@each_family
def test_it_can_be_put_on_paper_and_is_the_same_each_time(name: str) -> None:
    family = FAMILIES[name]()
    _, picture = drawn(family)
    written = svg(picture)
    assert written == svg(drawn(FAMILIES[name]())[1])
    root = ET.fromstring(written)
    shown = {each.text for each in root.iter() if each.tag.endswith("text")}
    assert {each.text for each in picture.shapes if isinstance(each, Words)} == shown


# --- what each of them is about ------------------------------------------------------------


def said(family: Family, key: str) -> str:
    kin = kin_of(family)
    return everybody(kin)[key]


def test_half_siblings_hang_from_two_fathers() -> None:
    family = difficult.half_siblings()
    kin, picture = drawn(family)
    assert {kin.home_of("a"), kin.home_of("b")} != {kin.home_of("c")}
    assert len(lines(picture, "slash")) == 2  # divorced
    assert "Half-brother or half-sister of Cat Pretend." in said(family, "a")
    assert "Divorced from Fergus Pretend in 2016." in said(family, "m")
    assert [line.arrow_at_end for line in lines(picture, "bond")] == [True]
    assert "there is a rule about contact" in said(family, "f1")
    assert texts(picture, "tie") == []


def test_twins_hang_from_one_point_and_identical_ones_are_joined() -> None:
    kin, picture = drawn(difficult.twins())
    begins = {line.about[1]: line.points[0] for line in lines(picture, "child")}
    assert begins["t1"] == begins["t2"] != begins["a"]
    assert begins["u1"] == begins["u2"] != begins["t1"]
    assert len(lines(picture, "identical")) == 1
    assert kin.twins == ((frozenset({"t1", "t2"}), True), (frozenset({"u1", "u2"}), False))


def test_the_dead_are_crossed_and_their_years_told() -> None:
    _, picture = drawn(difficult.death())
    assert len(lines(picture, "mark")) == 2 * 4
    assert "1950–2019" in {each.text for each in texts(picture, "caption")}
    assert "has died" in said(difficult.death(), "f")


def test_the_unborn_are_triangles_and_what_ended_is_small() -> None:
    kin, picture = drawn(difficult.unborn())
    at = boxes(kin, picture)
    triangles = [
        each for each in picture.shapes if isinstance(each, Outline) and each.part == "symbol" and len(each.points) == 3
    ]
    assert len(triangles) >= 2 + 1  # the index child's has two outlines
    assert at["p"][2] - at["p"][0] < at["u"][2] - at["u"][0]
    assert "due 03/2027" in {each.text for each in texts(picture, "caption")}
    assert said(difficult.unborn(), "p").startswith("Unborn Pretend: miscarriage")


def test_four_partners_have_lines_of_their_own() -> None:
    kin, picture = drawn(difficult.re_partnering())
    hanging = [line for line in lines(picture, "couple") if "m" in line.about]
    assert len(hanging) == 4
    assert len({end[0] for line in hanging for end in (line.points[0], line.points[-1])}) == 8
    levels: dict[float, list[tuple[float, float]]] = {}
    for line in lines(picture, "couple"):
        levels.setdefault(line.points[1][1], []).append((line.points[1][0], line.points[2][0]))
    for spans in levels.values():
        assert not [pair for pair in combinations(spans, 2) if pair[0][0] < pair[1][1] and pair[1][0] < pair[0][1]]
    assert kin.home_of("y") == "f3+x"


def test_two_mothers_and_two_fathers() -> None:
    family = difficult.same_sex_parents()
    kin, picture = drawn(family)
    assert kin.unions[str(kin.home_of("a"))].members == ("m1", "m2")
    assert len(lines(picture, "adopted")) == 1
    assert "Child of Marian Pretend and Meera Pretend." in said(family, "a")
    assert "Adopted child of Daniel Pretend and Derek Pretend since 2017." in said(family, "b")


def test_an_unknown_father_stands_for_those_who_are_not_half_siblings() -> None:
    family = difficult.unknown_father()
    kin, picture = drawn(family)
    assert kin.home_of("a") == kin.home_of("b") != kin.home_of("c")
    assert sum(each.is_unknown for each in kin.members.values()) == 3  # and the mother's own father
    assert next(spot.id for spot in picture.spots if "Father not recorded" in spot.words) == ""


def test_a_fostered_child_hangs_from_both_families() -> None:
    family = difficult.fostered()
    kin, picture = drawn(family)
    assert kin.home_of("a") == "f+m"
    assert len(lines(picture, "fostered")) == 1
    assert [each.text for each in texts(picture, "year")] == ["F 2023"]
    assert "Fostered by Karen Pretend and Lionel Pretend since 2023." in said(family, "a")
    assert "Fosters Anya Pretend." in said(family, "k")


def test_bonds_pass_round_everybody_else() -> None:
    family = difficult.cut_off()
    kin, picture = drawn(family)
    at = boxes(kin, picture)
    assert len(lines(picture, "bar of a bond")) >= 2
    for line in lines(picture, "bond"):
        for key, box in at.items():
            if key not in line.about and line.about:
                assert not [1 for x, y in line.points if box[0] < x < box[2] and box[1] < y < box[3]], (line.about, key)
    assert "Cut off from Harold Pretend." in said(family, "m")
    assert "Emotional abuse by Fritz Pretend is recorded." in said(family, "b")
    assert {each.text for each in texts(picture, "tie")} == {"Special guardian"}  # an aunt is shown by the lines


def test_a_large_family_of_four_generations() -> None:
    kin, picture = drawn(difficult.large())
    assert {spot.row for spot in picture.spots} == {0, 1, 2, 3}
    assert len(kin.children_of("f+m")) == 7
    assert picture.size[0] < 15 * 200


# --- hiding, and records that fit badly ------------------------------------------------------------


def test_restricted_people_can_be_left_out_and_that_is_said() -> None:
    family = difficult.half_siblings()
    kin, picture = drawn(family, hide_restricted=True)
    assert "f1" not in kin.members
    assert not any("Fergus" in line for line in picture.lines)
    assert not any(each.is_unknown for each in kin.members.values())  # nobody is drawn in his place
    assert "Fergus" not in svg(picture)
    assert genogram.NOT_EVERYBODY in picture.lines
    assert {line.about[1] for line in lines(picture, "child")} == {"a", "b", "c"}


def test_with_nobody_there_is_still_a_picture() -> None:
    picture = genogram.draw(read_kin({}, [], TODAY), "Family tree", DRAWN)
    assert picture.spots == ()
    assert ET.fromstring(svg(picture)).tag.endswith("svg")


def test_markup_in_a_name_is_words() -> None:
    people = {"a": Person(role="child", given_name="<b>Robin</b> & 'co'", born_on="2019")}
    written = svg(genogram.draw(read_kin(people, [], TODAY), "Pretend <i>", DRAWN))
    assert "<b>" not in written
    assert ET.fromstring(written) is not None


KEYS = [f"p{number}" for number in range(7)]
RELATIONS = st.builds(
    Relationship,
    person=st.sampled_from(KEYS),
    to_person=st.sampled_from([*KEYS, "elsewhere"]),
    type=st.sampled_from([code for code, _ in TYPES]),
    partnership=st.sampled_from(["", *(code for code, _ in PARTNERSHIPS)]),
    quality=st.sampled_from(["", *(code for code, _ in QUALITIES)]),
    twin=st.sampled_from(["", "twin", "identical"]),
    parting=st.sampled_from(["", "separated", "divorced"]),
)
BORN = st.sampled_from([None, "1960", "1990-02", "2015-01-01", "2030"])
PEOPLE = st.builds(
    Person,
    role=st.sampled_from(["child", "unborn", "parent", "other"]),
    given_name=st.sampled_from(["Robin", "A-very-long-given-name of many words", ""]),
    born_on=BORN,
    sex=st.sampled_from(["M", "F", "U", ""]),
    lives_here=st.sampled_from([True, False, None]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PEOPLE, min_size=7, max_size=7), st.lists(RELATIONS, max_size=14))
def test_whatever_is_recorded_nobody_stands_on_another(people: list[Person], relations: list[Relationship]) -> None:
    """Also circles: a person who is recorded as their own grandparent."""
    kin = read_kin(dict(zip(KEYS, people, strict=True)), relations, TODAY, index={"p0"})
    picture = genogram.draw(kin, "Family tree", DRAWN)
    found = [spot.box for spot in picture.spots]
    assert len(found) == len(kin.members)
    assert not [pair for pair in combinations(found, 2) if overlap(*pair)]
    assert len(picture.lines) == len(found)
    names = texts(picture, "caption")
    around = [each for each in picture.shapes if isinstance(each, Outline) and each.part == "household"]
    assert [each.text for each in names if crossed(each, around)] == []
    assert all(isinstance(each, Words | Line | Outline | Ellipse) for each in picture.shapes)


# --- the reference ----------------------------------------------------------------------------------------------------

DRAWN_AS = {
    "male": "Male", "female": "Female", "unknown sex": "Sex not known or not recorded",
    "index person": "Child whom this file is about", "deceased": "Has died", "pregnancy": "Unborn child",
    "miscarriage": "Miscarriage", "abortion": "Termination", "stillbirth": "Stillbirth",
    "marriage": "Married, or in a civil partnership", "cohabiting": "Living together as a couple (LT: since)",
    "separation": "Separated (s.)", "divorce": "Divorced, or dissolved (d.)", "adopted child": "Adopted (A: since)",
    "twins": "Twins", "close": "Close", "fused/enmeshed": "Very close, hard to be apart", "distant": "Distant",
    "conflict/hostile": "In conflict", "cut-off": "Cut off from each other",
    "physical/emotional/sexual abuse": "Physical abuse, towards the arrow (P)",
    "household": "Living together in this household",
}  # fmt: skip
TOLD_BY_THE_DRAWING = {"birth/death year", "children"}  # words above a symbol, and the lines themselves
NOT_RECORDED = {"non-binary", "trans man"}  # gender identity is not recorded, so it is not drawn


def test_every_symbol_of_the_reference_is_drawn_or_said_not_to_be() -> None:
    text = (resources() / "facts" / "genogram_symbols.csv").read_text("utf-8")
    elements = {row["element"] for row in csv.DictReader(text.splitlines())}
    assert elements == set(DRAWN_AS) | TOLD_BY_THE_DRAWING | NOT_RECORDED
    told: set[str] = set()
    for make in (*FAMILIES.values(), one_of_each):
        told |= {each.text for each in texts(drawn(make())[1], "legend")}
    assert set(DRAWN_AS.values()) <= told


def one_of_each() -> Family:
    """What none of the ten has."""
    it = Family("One of each")
    it.add("m", "Mina", "F", "2001", role="parent_to_be", lives_here=True)
    it.child("a", "Ada", "F", "2019", index=True)
    it.add("p", "", "", None, role="unborn", expected_on="2025-02-01", pregnancy_ended="termination")
    it.parents("m", None, "a", "p")
    return it
