"""Says which lines of a map run through words, and lays paper beneath those words so that they can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sf_record.maps.shapes import Box, Line, Outline, Point, Shape, Stroke, Words

NO_LINE = Stroke(0.0)
_LESS = 2.0  # what stands nearest to the edge of the room that words take is no letter


def runs_through(points: Sequence[Point], box: Box) -> bool:
    """Say whether a line comes into a box."""
    left, top, right, bottom = box
    if all(x <= left for x, _ in points) or all(x >= right for x, _ in points):
        return False
    if all(y <= top for _, y in points) or all(y >= bottom for _, y in points):
        return False
    return any(_meets(one, other, box) for one, other in pairwise(points))


def crossed(words: Words, shapes: Iterable[Shape]) -> bool:
    """Say whether one of the lines among the shapes runs through the letters."""
    box = letters(words)
    return any(runs_through(path, box) for path in _paths(shapes))


def letters(words: Words) -> Box:
    """Return the room of the letters themselves."""
    left, top, right, bottom = words.box
    return left + _LESS, top + _LESS, right - _LESS, bottom - _LESS


def legible(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """Yield all shapes with the words above the lines, and paper beneath those words that a line runs through."""
    drawn = [each for each in shapes if not isinstance(each, Words)]
    words = [each for each in shapes if isinstance(each, Words)]
    yield from drawn
    for each in words:
        # The age stands in its symbol, and a mark there is meant.
        if each.part != "age" and crossed(each, drawn):
            yield _paper(letters(each))
    yield from words


def _paper(box: Box) -> Outline:
    left, top, right, bottom = box
    return Outline(((left, top), (right, top), (right, bottom), (left, bottom)), NO_LINE, part="paper")


def _paths(shapes: Iterable[Shape]) -> Iterator[Sequence[Point]]:
    for each in shapes:
        if isinstance(each, Line):
            yield each.points
        elif isinstance(each, Outline):
            yield (*each.points, each.points[0])


def _meets(one: Point, other: Point, box: Box) -> bool:
    """Say whether a straight line comes into a box (what of it lies within, side by side: Liang and Barsky)."""
    first, last = 0.0, 1.0
    for at, end, low, high in ((one[0], other[0], box[0], box[2]), (one[1], other[1], box[1], box[3])):
        way = end - at
        if way == 0:
            if not low < at < high:
                return False
            continue
        near, far = sorted(((low - at) / way, (high - at) / way))
        first, last = max(first, near), min(last, far)
    return first < last
