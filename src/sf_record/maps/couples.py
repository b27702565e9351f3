"""Draws a couple of a genogram: solid for a marriage, dashed for living together, slashes for how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sf_record.maps.kin import AS_PARENTS, UNRECORDED, Union
from sf_record.maps.shapes import FAINT, PLAIN, SMALL_SIZE, Line, Point, Shape, Stroke, Words

COUPLE_LINES = {
    "married": PLAIN,
    "cohabiting": Stroke(1.6, (7, 4)),
    "apart": Stroke(1.6, (2, 4)),
    UNRECORDED: Stroke(1.6, (9, 3, 2, 3)),
    AS_PARENTS: Stroke(1.1, (), FAINT),
}
_BEGAN = {"married": "m.", "cohabiting": "LT", "apart": "since", UNRECORDED: "since"}
_ENDED = {"separated": "s.", "divorced": "d."}
SLASHES = {"separated": 1, "divorced": 2}


def couple(union: Union, ends: Sequence[Point], y: float) -> Iterator[Shape]:
    """Yield the line that hangs beneath two people at the height ``y``, its slashes and its years."""
    left, right = sorted(ends)
    stroke = COUPLE_LINES.get(union.kind, COUPLE_LINES[UNRECORDED])
    yield Line((left, (left[0], y), (right[0], y), right), stroke, (*union.members, union.id), "couple")
    # Right of the middle, from which the line to the children hangs.
    x = left[0] + (right[0] - left[0]) * 0.72
    yield from slashes((x, y), SLASHES.get(union.parting, 0))
    words = years(union)
    if words:
        yield Words((left[0] + 5, y - 4), words, SMALL_SIZE, tone=FAINT, part="years")


def slashes(at: Point, count: int) -> Iterator[Line]:
    """Yield so many slashes across a line."""
    for number in range(count):
        x = at[0] + number * 6
        yield Line(((x - 5, at[1] + 8), (x + 5, at[1] - 8)), PLAIN, part="slash")


def years(union: Union) -> str:
    """Say since when, and when it ended."""
    parts = [f"{_BEGAN.get(union.kind, 'since')} {union.began}"] if union.began else []
    if union.parting:
        parts.append(f"{_ENDED[union.parting]} {union.ended}".strip() if union.ended else "")
    return ", ".join(each for each in parts if each)
