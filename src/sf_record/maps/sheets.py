"""Spreads a map over sheets of paper where it would be too small on one: readable, and nobody cut in two on all."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.maps.shapes import TEXT_SIZE, Box, Picture, Point, overlap

READABLE, READABLE_LARGE = 8.0, 15.0  # points: names that can be read at arm's length, and in large print
MOST, MOST_LARGE = 13.0, 20.0  # names are never larger
FIRST: Point = (726.0, 318.0)  # points that the first page of an A4 across has for it, beneath the paper's heading
SHEET: Point = (770.0, 480.0)  # and a page of its own with narrow margins
WITH_NAME: Point = (190.0, 130.0)  # the room that a person takes with their name: sheets overlap by no less
_EDGE = 5.0


@dataclass(frozen=True, slots=True)
class Piece:
    """What one sheet shows of the map, and its place among the others: counted from 1."""

    box: Box
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A map on paper, in points for each of its units: on the first page, and on the others where there are pieces."""

    first: float
    scale: float
    pieces: tuple[Piece, ...] = ()


def spread(picture: Picture, *, is_large: bool = False) -> Spread:
    """Return how a map is laid on A4 across: in pieces where it could not be read on the first page."""
    least = (READABLE_LARGE if is_large else READABLE) / TEXT_SIZE
    most = (MOST_LARGE if is_large else MOST) / TEXT_SIZE
    left, top, right, bottom = picture.drawing
    body = (left - _EDGE, top - _EDGE, right + _EDGE, bottom + _EDGE)
    wide, high = body[2] - body[0], body[3] - body[1]
    first = min(most, FIRST[0] / wide, FIRST[1] / high)
    if first >= least:
        return Spread(first, first)
    # As large as the sheet is high: a family tree is cut from left to right only, wherever it can be read like that.
    scale = max(least, min(most, SHEET[1] / high))
    if wide * least <= SHEET[0]:
        scale = max(least, min(scale, SHEET[0] / wide))
    widest = max((each.box[2] - each.box[0] for each in picture.spots), default=0.0)
    view = (SHEET[0] / scale, SHEET[1] / scale)
    across, down = (max(each, widest + _EDGE) for each in WITH_NAME)
    pieces = _pieces(body, view, (min(across, view[0] / 2), min(down, view[1] / 2)))
    return Spread(first, scale, tuple(each for each in pieces if _shows_somebody(each.box, picture)))


def _shows_somebody(box: Box, picture: Picture) -> bool:
    return any(overlap(box, each.box) for each in picture.spots)


def _pieces(body: Box, view: Point, shared: Point) -> Iterator[Piece]:
    columns = list(_cuts(body[0], body[2], view[0], shared[0]))
    for row, (top, bottom) in enumerate(_cuts(body[1], body[3], view[1], shared[1]), 1):
        for column, (left, right) in enumerate(columns, 1):
            yield Piece((left, top, right, bottom), row, column)


def _cuts(low: float, high: float, view: float, shared: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where each reaches: all equally far, and each over a little of the one before."""
    count = max(1, math.ceil((high - low - shared) / (view - shared) - 1e-9))
    reach = ((high - low) + (count - 1) * shared) / count
    for number in range(count):
        start = low + number * (reach - shared)
        yield start, start + reach
