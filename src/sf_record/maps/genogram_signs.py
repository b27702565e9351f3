"""Says which signs are on a genogram, with a sample of each: the words of the legend."""

from __future__ import annotations

from collections.abc import Iterator

from sf_record.maps.bonds import styled
from sf_record.maps.couples import COUPLE_LINES, SLASHES, slashes
from sf_record.maps.household import LINE as HOUSEHOLD
from sf_record.maps.kin import ADOPTED, AS_PARENTS, FOSTERED, TIE, UNRECORDED, Kin, Member
from sf_record.maps.legend import Entry, entry, of_line
from sf_record.maps.shapes import PLAIN, Line, Outline, Point, Shape, Stroke, Words
from sf_record.maps.symbols import person
from sf_record.maps.tree import FOSTER_LINE

_COUPLES = {
    "married": "Married, or in a civil partnership",
    "cohabiting": "Living together as a couple (LT: since)",
    "apart": "A couple who live apart",
    UNRECORDED: "Couple; what kind is not recorded",
    AS_PARENTS: "Parents; whether a couple is not recorded",
}
_PARTINGS = {"separated": "Separated (s.)", "divorced": "Divorced, or dissolved (d.)"}
_BONDS = {
    "close": "Close",
    "fused": "Very close, hard to be apart",
    "distant": "Distant",
    "conflict": "In conflict",
    "cut_off": "Cut off from each other",
    "physical_abuse": "Physical abuse, towards the arrow (P)",
    "emotional_abuse": "Emotional abuse, towards the arrow (E)",
    "sexual_abuse": "Sexual abuse, towards the arrow (S)",
    TIE: "Another relation, as named",
}
_ENDED = {"miscarriage": "Miscarriage", "termination": "Termination", "stillbirth": "Stillbirth"}


def entries(kin: Kin) -> tuple[Entry, ...]:
    """Return the entries of what is drawn, and no others."""
    return (*_people(kin), *_couples(kin), *_families(kin), *_bonds(kin), *_home(kin))


def _sample(words: str, **more: object) -> Entry:
    values = {"id": "sample", "name": "", "sex": "U", "order": "", **more}
    member = Member(**values)  # type: ignore[arg-type]
    return Entry(words, tuple(_small(shape) for shape in person(member, (0.0, 0.0))))


def _small(shape: Shape) -> Shape:
    """Draw a sample at half its size."""
    if isinstance(shape, Outline):
        return Outline(tuple((x / 2, y / 2) for x, y in shape.points), shape.stroke, shape.fill, shape.part)
    if isinstance(shape, Line):
        return Line(tuple((x / 2, y / 2) for x, y in shape.points), shape.stroke, (), "sample")
    if isinstance(shape, Words):
        return Words((shape.at[0] / 2, shape.at[1] / 2 + 1.5), shape.text, 9, shape.anchor, part="sample")
    return type(shape)((0.0, 0.0), (shape.radii[0] / 2, shape.radii[1] / 2), shape.stroke, shape.fill, shape.part)


def _people(kin: Kin) -> Iterator[Entry]:
    living = [each for each in kin.members.values() if not each.is_unborn and not each.ended and not each.is_unknown]
    named = {"M": "Male", "F": "Female", "U": "Sex not known or not recorded"}
    for sex, words in named.items():
        if any(each.sex == sex for each in living):
            yield _sample(words, sex=sex)
    if any(each.is_index for each in kin.members.values()):
        yield _sample("Child whom this file is about", is_index=True, sex="M")
    if any(each.is_unborn and not each.ended for each in kin.members.values()):
        yield _sample("Unborn child", is_unborn=True)
    if any(each.has_died for each in living):
        yield _sample("Has died", has_died=True, sex="M")
    for ended, words in _ENDED.items():
        if any(each.ended == ended for each in kin.members.values()):
            yield _sample(words, ended=ended, is_unborn=True)
    if any(each.is_unknown for each in kin.members.values()):
        yield _sample("A parent who is not recorded", is_unknown=True, sex="M")
    if any(each.is_restricted for each in kin.members.values()):
        yield Entry(
            "A rule about contact: see the record",
            (Words((0.0, 4.0), "⚠", 13, "middle", True, "warn", "sample"),),
        )


def _couples(kin: Kin) -> Iterator[Entry]:
    drawn = [each for each in kin.unions.values() if each.other is not None]
    for kind, words in _COUPLES.items():
        if any(each.kind == kind for each in drawn):
            stroke = COUPLE_LINES[kind]
            yield of_line(words, lambda path, stroke=stroke: [Line(path, stroke, part="sample")])  # type: ignore[misc]
    for parting, words in _PARTINGS.items():
        if any(each.parting == parting for each in drawn):
            yield entry(
                words, [Line(((-26.0, 0.0), (26.0, 0.0)), part="sample")], slashes((0.0, 0.0), SLASHES[parting])
            )


def _families(kin: Kin) -> Iterator[Entry]:
    kinds = {each.kind for each in kin.descents}
    if ADOPTED in kinds:
        yield entry("Adopted (A: since)", _adopted_sample())
    if FOSTERED in kinds:
        yield entry("Fostered (F: since)", [Line(((0.0, -13.0), (0.0, 13.0)), FOSTER_LINE, part="sample")])
    if kin.twins:
        yield entry("Twins", _fork())
    if any(is_identical for _, is_identical in kin.twins):
        yield entry("Identical twins", _fork(), [Line(((-6.0, 0.0), (6.0, 0.0)), part="sample")])


def _adopted_sample() -> Iterator[Line]:
    yield Line(((2.0, -13.0), (2.0, 13.0)), PLAIN, part="sample")
    yield Line(((-2.0, -13.0), (-2.0, 13.0)), Stroke(1.4, (6, 4)), part="sample")


def _fork() -> Iterator[Line]:
    for x in (-12.0, 12.0):
        yield Line(((0.0, -12.0), (x, 12.0)), part="sample")


def _bonds(kin: Kin) -> Iterator[Entry]:
    kinds = {each.kind for each in kin.bonds}
    for kind, words in _BONDS.items():
        if kind in kinds:
            yield Entry(words, tuple(styled(kind, _path())))


def _path() -> tuple[Point, ...]:
    return tuple((-26.0 + step * 2, 0.0) for step in range(27))


def _home(kin: Kin) -> Iterator[Entry]:
    if sum(each.lives_here for each in kin.members.values()) > 1:
        around: tuple[Point, ...] = ((-24.0, -11.0), (24.0, -11.0), (24.0, 11.0), (-24.0, 11.0))
        yield Entry("Living together in this household", (Outline(around, HOUSEHOLD, "none", "sample"),))
