"""Draws how two get on, from one symbol to the other and round those in between: lines, zigzags, bars and arrows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sf_record.maps.crossing import crossed
from sf_record.maps.kin import TIE, Bond
from sf_record.maps.shapes import BOND, FAINT, SMALL_SIZE, Box, Line, Point, Shape, Stroke, Words, extent, overlap

_SAMPLES = 80
_BENDS = (0.0, 36.0, -36.0, 72.0, -72.0, 108.0, -108.0, 150.0, -150.0, 200.0, -200.0, 260.0, -260.0)
_SOLID = Stroke(1.5, (), BOND)
_DOTTED = Stroke(1.8, (1.5, 5), BOND)
_FINE = Stroke(1.2, (8, 3, 1.5, 3), FAINT)
_APART = 4.0
_TOOTH_HIGH, _TOOTH_LONG = 4.5, 7.0  # of a jagged line
ABUSES = {"physical_abuse": "P", "emotional_abuse": "E", "sexual_abuse": "S"}


End = tuple[Point, float]  # the middle of a symbol, and how far from it a line ends


def bond(
    each: Bond, ends: Sequence[End], around: Sequence[Box], drawn: tuple[Sequence[Box], Sequence[Shape]]
) -> Iterator[Shape]:
    """Yield the line of a bond from one symbol to another, bent where somebody else stands in the way.

    ``drawn`` is where words stand already, and the lines that are there.
    """
    words, others = drawn
    path = _clear_way(ends[0], ends[1], around, words)
    yield from styled(each.kind, path, (each.one, each.other))
    middle = path[len(path) // 2]
    if each.kind == TIE and each.label:
        yield _label(each.label, path, [*around, *words], others)
    elif each.kind in ABUSES:
        yield Words((middle[0], middle[1] - 9), ABUSES[each.kind], SMALL_SIZE, "middle", True, BOND, "abuse")


def _label(text: str, path: Sequence[Point], taken: Sequence[Box], others: Sequence[Shape]) -> Words:
    """Name a relation on its line, where nothing else stands and as few lines as may be run."""
    boxes = [extent(each) for each in others]

    def cost(words: Words) -> int:
        hits = sum(overlap(words.box, box) for box in taken)
        near = (each for each, box in zip(others, boxes, strict=True) if overlap(box, words.box))
        return hits * 100 + sum(crossed(words, (each,)) for each in near)

    middle = len(path) // 2
    places = sorted(range(len(path) // 5, len(path) * 4 // 5 + 1, 3), key=lambda at: abs(at - middle))
    made = [
        Words((x, y + 4), text, SMALL_SIZE, "middle", tone=FAINT, part="tie") for x, y in (path[at] for at in places)
    ]
    return next((each for each in made if not cost(each)), None) or min(made, key=cost)


def styled(kind: str, path: Sequence[Point], about: tuple[str, ...] = ()) -> Iterator[Line]:
    """Yield the lines of one kind of bond along a way."""
    whole = tuple(path)
    if kind == "close":
        yield from (Line(_beside(whole, off), _SOLID, about, "bond") for off in (-_APART / 2, _APART / 2))
    elif kind == "fused":
        yield from (Line(_beside(whole, off), _SOLID, about, "bond") for off in (-_APART, 0.0, _APART))
    elif kind == "distant":
        yield Line(whole, _DOTTED, about, "bond")
    elif kind == "conflict":
        yield Line(zigzag(whole), _SOLID, about, "bond")
    elif kind == "cut_off":
        yield from _cut(whole, about)
    elif kind in ABUSES:
        yield Line(zigzag(whole), _SOLID, about, "bond", arrow_at_end=True)
    else:
        yield Line(whole, _FINE, about, "bond")


def zigzag(path: Sequence[Point]) -> tuple[Point, ...]:
    """Return a jagged line along a way, straight at both ends."""
    points = _evenly(path, _TOOTH_LONG)
    jagged = [points[0]]
    for number, (before, here, after) in enumerate(zip(points, points[1:], points[2:], strict=False)):
        x, y = _normal(before, after)
        off = _TOOTH_HIGH if number % 2 else -_TOOTH_HIGH
        is_end = number in (0, len(points) - 3)
        jagged.append(here if is_end else (here[0] + x * off, here[1] + y * off))
    return (*jagged, points[-1])


def _cut(path: tuple[Point, ...], about: tuple[str, ...]) -> Iterator[Line]:
    """A line broken by two bars."""
    points = _evenly(path, 4.0)
    middle = len(points) // 2
    before, after = points[max(0, middle - 2)], points[min(len(points) - 1, middle + 2)]
    yield Line(tuple(points[: max(2, middle - 1)]), _SOLID, about, "bond")
    yield Line(tuple(points[min(len(points) - 2, middle + 2) :]), _SOLID, about, "bond")
    x, y = _normal(points[0], points[-1])
    for at in (before, after):
        yield Line(((at[0] - x * 8, at[1] - y * 8), (at[0] + x * 8, at[1] + y * 8)), _SOLID, part="bar of a bond")


def _clear_way(start: End, end: End, around: Sequence[Box], words: Sequence[Box]) -> tuple[Point, ...]:
    ways = [(bend, _trimmed(_curve(start[0], end[0], bend), start, end)) for bend in _BENDS]
    is_upright = abs(start[0][0] - end[0][0]) < 30  # where a line of descent runs

    def cost(way: tuple[float, tuple[Point, ...]]) -> float:
        bend, path = way
        hits = sum(_passes(path, box, 6) for box in around)
        return (
            hits * 10_000
            + sum(_passes(path, box, 0) for box in words) * 60
            + abs(bend)
            + (200 if is_upright and not bend else 0)
        )

    return min(ways, key=cost)[1]


def _curve(start: Point, end: Point, bend: float) -> tuple[Point, ...]:
    x, y = _normal(start, end)
    control = ((start[0] + end[0]) / 2 + x * bend * 2, (start[1] + end[1]) / 2 + y * bend * 2)
    found = []
    for step in range(_SAMPLES + 1):
        t = step / _SAMPLES
        a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        found.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return tuple(found)


def _trimmed(path: tuple[Point, ...], start: End, end: End) -> tuple[Point, ...]:
    """Leave out what lies within the symbols."""
    found = tuple(each for each in path if math.dist(each, start[0]) >= start[1] and math.dist(each, end[0]) >= end[1])
    return found if len(found) > 1 else path


def _passes(path: Iterable[Point], box: Box, near: float) -> bool:
    return any(box[0] - near < x < box[2] + near and box[1] - near < y < box[3] + near for x, y in path)


def _normal(one: Point, other: Point) -> Point:
    x, y = other[0] - one[0], other[1] - one[1]
    away = math.hypot(x, y) or 1.0
    return -y / away, x / away


def _beside(path: tuple[Point, ...], off: float) -> tuple[Point, ...]:
    found = []
    for number, here in enumerate(path):
        x, y = _normal(path[max(0, number - 1)], path[min(len(path) - 1, number + 1)])
        found.append((here[0] + x * off, here[1] + y * off))
    return tuple(found)


def _evenly(path: Sequence[Point], apart: float) -> list[Point]:
    """Return points along a way that are about so far from one another, both ends among them."""
    found = [path[0]]
    travelled = 0.0
    for one, other in pairwise(path):
        long = math.hypot(other[0] - one[0], other[1] - one[1])
        at = apart - travelled
        while at <= long and long > 0:
            found.append((one[0] + (other[0] - one[0]) * at / long, one[1] + (other[1] - one[1]) * at / long))
            at += apart
        travelled = (travelled + long) % apart
    if math.dist(found[-1], path[-1]) < apart / 2 and len(found) > 2:
        found.pop()
    return [*found, path[-1]]
