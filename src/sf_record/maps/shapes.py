"""What a drawn map is made of: lines, outlines and words at places, and the spots that can be gone to and said."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

INK, FAINT, BOND, WARN = "ink", "faint", "bond", "warn"  # tones: never the only sign of anything
TEXT_SIZE, SMALL_SIZE = 12.0, 11.0
ARROW = 9.0  # the length of an arrowhead
EM, EM_STRONG = 0.58, 0.65  # the width of a letter, in sizes, that no usual font exceeds on the whole


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: its width, the lengths of dashes and gaps, its tone."""

    width: float = 1.6
    dash: tuple[float, ...] = ()
    tone: str = INK


PLAIN = Stroke()


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points. ``about`` names the spots that it joins."""

    points: tuple[Point, ...]
    stroke: Stroke = PLAIN
    about: tuple[str, ...] = ()
    part: str = ""  # what it stands for: couple, child, bond...
    arrow_at_end: bool = False
    arrow_at_start: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed line; filled with the paper, with ink, or not at all."""

    points: tuple[Point, ...]
    stroke: Stroke = PLAIN
    fill: str = "paper"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """A circle or ellipse."""

    middle: Point
    radii: Point
    stroke: Stroke = PLAIN
    fill: str = "paper"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``at`` is the start, middle or end of its baseline."""

    at: Point
    text: str
    size: float = TEXT_SIZE
    anchor: str = "start"
    is_strong: bool = False
    tone: str = INK
    part: str = ""

    @property
    def box(self) -> Box:
        """About the room that it takes."""
        wide = len(self.text) * self.size * (EM_STRONG if self.is_strong else EM)
        left = self.at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.at[1] - self.size, left + wide, self.at[1] + self.size * 0.3


Shape = Line | Outline | Ellipse | Words


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on the map that one can go to: its record (empty: none), its place, its row, and what is said of it."""

    id: str
    box: Box
    row: int
    words: str

    @property
    def middle(self) -> Point:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole map, from (0, 0) to its size; shapes later in the row lie on top."""

    title: str
    size: Point
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    lines: tuple[str, ...]  # the same in words
    drawing: Box = (0.0, 0.0, 0.0, 0.0)  # where the map itself is: without its title, and without its legend
    legend: Box = (0.0, 0.0, 0.0, 0.0)


def moved(shape: Shape, by: Point) -> Shape:
    """Return a shape at another place."""
    if isinstance(shape, Line | Outline):
        return replace(shape, points=tuple((x + by[0], y + by[1]) for x, y in shape.points))
    if isinstance(shape, Ellipse):
        return replace(shape, middle=(shape.middle[0] + by[0], shape.middle[1] + by[1]))
    return replace(shape, at=(shape.at[0] + by[0], shape.at[1] + by[1]))


def extent(shape: Shape) -> Box:
    """Return the box round a shape."""
    if isinstance(shape, Words):
        return shape.box
    if isinstance(shape, Ellipse):
        (x, y), (wide, high) = shape.middle, shape.radii
        return x - wide, y - high, x + wide, y + high
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    return min(xs), min(ys), max(xs), max(ys)


def hull(boxes: Iterable[Box]) -> Box:
    """Return the box round others, of which there is at least one."""
    those = list(boxes)
    return (
        min(each[0] for each in those), min(each[1] for each in those),
        max(each[2] for each in those), max(each[3] for each in those),
    )  # fmt: skip


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def wrapped(text: str, characters: int, most: int) -> tuple[str, ...]:
    """Break a text into so many lines of so many characters; what is left over is marked by an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= characters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut = [each if len(each) <= characters else f"{each[: characters - 1]}…" for each in lines[:most]]
    if len(lines) > most:
        cut[-1] = f"{cut[-1].rstrip('…')[: characters - 1]}…"
    return tuple(cut)


def arrow_head(tip: Point, back: Point) -> tuple[Point, Point, Point]:
    """Return the corners of the arrowhead of a line that ends at ``tip`` and comes from ``back``."""
    away = math.dist(tip, back) or 1.0
    x, y = (tip[0] - back[0]) / away, (tip[1] - back[1]) / away
    foot = (tip[0] - x * ARROW, tip[1] - y * ARROW)
    half = ARROW / 2.2
    return tip, (foot[0] - y * half, foot[1] + x * half), (foot[0] + y * half, foot[1] - x * half)


def heads_of(line: Line) -> tuple[tuple[Point, Point, Point], ...]:
    """Return the arrowheads of a line."""
    found = []
    if line.arrow_at_end:
        found.append(arrow_head(line.points[-1], line.points[-2]))
    if line.arrow_at_start:
        found.append(arrow_head(line.points[0], line.points[1]))
    return tuple(found)
