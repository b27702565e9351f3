"""Draws a genogram: everybody, how they are related and get on, who lives together, and what the signs mean."""

from __future__ import annotations

from collections.abc import Iterator

from sf_record.maps import bonds, household, kinwords, symbols, tree
from sf_record.maps.crossing import legible
from sf_record.maps.genogram_signs import entries
from sf_record.maps.kin import Bond, Kin
from sf_record.maps.legend import ENTRY_WIDTH, legend, room
from sf_record.maps.shapes import FAINT, Box, Picture, Point, Shape, Spot, Words, extent, hull, moved
from sf_record.maps.tree import Placed

MARGIN = 34.0
_HEAD = 30.0
_LEAST_WIDE = 2 * ENTRY_WIDTH
NOT_EVERYBODY = "Not everybody in the file is drawn."


def draw(kin: Kin, title: str, drawn: str) -> Picture:
    """Return the genogram. ``drawn`` says when and by whom it was drawn."""
    placed = tree.place(kin, _HEAD)
    boxes = {each: symbols.box_of(member, placed.at[each]) for each, member in kin.members.items()}
    people = {each: list(symbols.person(member, placed.at[each])) for each, member in kin.members.items()}
    captions = {
        each: [shape.box for shape in shapes if isinstance(shape, Words) and shape.part == "caption"]
        for each, shapes in people.items()
    }
    whole = {each: _with_caption(each, boxes[each], captions) for each in kin.members}
    drawing: list[Shape] = list(tree.lines(kin, placed))
    words = [each.box for each in drawing if isinstance(each, Words)]
    drawing = [*_household(kin, placed, whole, words), *drawing]
    words += [box for those in captions.values() for box in those]
    for each in kin.bonds:
        drawn_bond = list(_bond(each, kin, placed, boxes, (words, drawing)))
        words += [shape.box for shape in drawn_bond if isinstance(shape, Words)]
        drawing += drawn_bond
    drawing += [shape for shapes in people.values() for shape in shapes]
    return _framed(kin, list(legible(drawing)), _spots(kin, placed, boxes), title, drawn)


def _with_caption(member_id: str, box: Box, captions: dict[str, list[Box]]) -> Box:
    return hull([box, *captions[member_id]])


def _household(kin: Kin, placed: Placed, whole: dict[str, Box], words: list[Box]) -> list[Shape]:
    """Draw it where at least two live together."""
    here = [each for each, member in kin.members.items() if member.lives_here]
    if len(here) < 2:
        return []
    rows = [[whole[each] for each in here if placed.row[each] == row] for row in range(len(placed.gaps))]
    outside = [whole[each] for each in kin.members if each not in here]
    return list(household.around(rows, outside, placed.gaps, words))


def _bond(
    each: Bond, kin: Kin, placed: Placed, boxes: dict[str, Box], drawn: tuple[list[Box], list[Shape]]
) -> Iterator[Shape]:
    one, other = kin.members[each.one], kin.members[each.other]
    ends = [(placed.at[one.id], symbols.half_of(one) + 3), (placed.at[other.id], symbols.half_of(other) + 3)]
    around = [box for key, box in boxes.items() if key not in (each.one, each.other)]
    yield from bonds.bond(each, ends, around, drawn)


def _spots(kin: Kin, placed: Placed, boxes: dict[str, Box]) -> list[Spot]:
    said = kinwords.everybody(kin)
    ordered = sorted(kin.members, key=lambda each: (placed.row[each], placed.at[each][0]))
    return [
        Spot("" if kin.members[each].is_unknown else each, boxes[each], placed.row[each], said[each])
        for each in ordered
    ]


def _framed(kin: Kin, drawing: list[Shape], spots: list[Spot], title: str, drawn: str) -> Picture:
    """Put the drawing beneath its head and above its legend, all of it within the margins."""
    left, top, right, bottom = hull([extent(each) for each in drawing] or [(0.0, 0.0, 0.0, _HEAD)])
    wide = max(right - left, _LEAST_WIDE)
    shift: Point = (MARGIN - left + max(0.0, (wide - (right - left)) / 2), MARGIN)
    signs = entries(kin)
    foot = bottom + MARGIN + 24
    shapes: list[Shape] = [
        Words((MARGIN, MARGIN + 2), title, 17, is_strong=True, part="title"),
        Words((MARGIN, MARGIN + 22), drawn, 12, tone=FAINT, part="drawn"),
        *(moved(each, shift) for each in drawing),
        *legend(signs, (MARGIN, foot), wide),
    ]
    if kin.hides_people:
        shapes.append(Words((MARGIN, MARGIN + 40), NOT_EVERYBODY, 12, tone=FAINT, part="hidden"))
    placed = [Spot(each.id, _moved_box(each.box, shift), each.row, each.words) for each in spots]
    lines = tuple(each.words for each in placed) + ((NOT_EVERYBODY,) if kin.hides_people else ())
    meaning = room(len(signs), (MARGIN, foot), wide)
    size = (wide + 2 * MARGIN, meaning[3] + MARGIN)
    around = _moved_box((left, top, right, bottom), shift)
    return Picture(title, size, tuple(shapes), tuple(placed), lines, around, meaning)


def _moved_box(box: Box, by: Point) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]
