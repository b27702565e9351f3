"""Draws one person of a genogram: square, circle, diamond or triangle, age inside, name and years above right."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sf_record.maps.kin import Member
from sf_record.maps.shapes import (
    FAINT,
    PLAIN,
    SMALL_SIZE,
    WARN,
    Box,
    Ellipse,
    Line,
    Outline,
    Point,
    Shape,
    Stroke,
    Words,
    wrapped,
)

HALF = 23.0  # from the middle of a symbol to its edge
SMALL = 13.0  # likewise, of a pregnancy that ended
LINE_HEIGHT = 14.0
MOST_LINES = 4
TEXT_HEIGHT = LINE_HEIGHT * MOST_LINES + 6
_CHARACTERS = 17
_FROM_LINE = 6.0  # from the line of descent to the words beside it
_INSET = 4.5


def half_of(member: Member) -> float:
    """Return how far a symbol reaches from its middle."""
    return SMALL if member.ended else HALF


def box_of(member: Member, at: Point) -> Box:
    """Return the box round a symbol."""
    half = half_of(member)
    return at[0] - half, at[1] - half, at[0] + half, at[1] + half


def edge_below(member: Member, at: Point, aside: float) -> Point:
    """Return where a line from beneath meets the symbol, so far aside from its middle."""
    return at[0] + aside, at[1] + _reach(member, aside, is_below=True)


def edge_above(member: Member, at: Point, aside: float) -> Point:
    """Return where a line from above meets the symbol."""
    return at[0] + aside, at[1] - _reach(member, aside, is_below=False)


def _form(member: Member) -> str:
    if member.ended in ("miscarriage", "termination") or (member.is_unborn and not member.ended):
        return "triangle"
    return {"M": "square", "F": "circle"}.get(member.sex, "diamond")


def _reach(member: Member, aside: float, *, is_below: bool) -> float:
    half, form, off = half_of(member), _form(member), abs(aside)
    if form == "circle":
        return math.sqrt(max(0.0, half * half - off * off))
    if form == "diamond":
        return half - off
    if form == "triangle" and not is_below:
        return half - 2 * off
    return half


def person(member: Member, at: Point) -> Iterator[Shape]:
    """Yield the symbol and its words."""
    form, half = _form(member), half_of(member)
    stroke = Stroke(1.8, (5, 4), FAINT) if member.is_unknown else Stroke(1.8)
    yield _outline(form, at, half, stroke)
    if member.is_index:
        yield _outline(form, (at[0], at[1] + (2 if form == "triangle" else 0)), half - _INSET, stroke)
    if member.has_died or member.ended:
        yield from _cross(at, half * (0.62 if form in ("circle", "diamond", "triangle") else 0.9))
    if member.ended == "termination":
        yield Line(((at[0] - half, at[1]), (at[0] + half, at[1])), PLAIN, (member.id,), "mark")
    inside = "?" if member.is_unknown else member.age
    if inside and not member.has_died:
        down = 4 + (7 if form == "triangle" else 0)
        yield Words((at[0], at[1] + down), inside, anchor="middle", is_strong=member.is_index, part="age")
    yield from _caption(member, (at[0] + _FROM_LINE, at[1] - half_of(member) - 6))


def _outline(form: str, at: Point, half: float, stroke: Stroke) -> Shape:
    x, y = at
    if form == "circle":
        return Ellipse(at, (half, half), stroke, part="symbol")
    corners = {
        "square": ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)),
        "diamond": ((x, y - half), (x + half, y), (x, y + half), (x - half, y)),
        "triangle": ((x, y - half), (x + half, y + half), (x - half, y + half)),
    }
    return Outline(corners[form], stroke, part="symbol")


def _cross(at: Point, half: float) -> Iterator[Line]:
    x, y = at
    yield Line(((x - half, y - half), (x + half, y + half)), PLAIN, part="mark")
    yield Line(((x - half, y + half), (x + half, y - half)), PLAIN, part="mark")


def _caption(member: Member, at: Point) -> Iterator[Words]:
    names = wrapped(member.name, _CHARACTERS, 2)
    lines = [(each, 12.0, member.is_index, "faint" if member.is_unknown else "ink") for each in names]
    if member.years:
        lines.append((member.years, SMALL_SIZE, False, FAINT))
    if member.is_restricted:
        lines.append(("⚠ contact", SMALL_SIZE, True, WARN))
    for above, (text, size, is_strong, tone) in enumerate(reversed(lines)):
        yield Words((at[0], at[1] - above * LINE_HEIGHT), text, size, "start", is_strong, tone, "caption")
