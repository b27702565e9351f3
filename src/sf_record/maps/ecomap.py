"""Draws an ecomap: the household in the middle, round it what it is connected with, how strongly and which way."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sf_record.kinds.connection import DIRECTIONS, STRENGTHS, SYSTEMS, Connection
from sf_record.maps.bonds import zigzag
from sf_record.maps.legend import ENTRY_WIDTH, Entry, legend, of_line, room
from sf_record.maps.shapes import (
    BOND,
    FAINT,
    SMALL_SIZE,
    Ellipse,
    Line,
    Picture,
    Point,
    Shape,
    Spot,
    Stroke,
    Words,
    hull,
    wrapped,
)

MARGIN, SYSTEM, _HEAD, _BETWEEN, _LEAST_WAY = 34.0, 62.0, 70.0, 26.0, 96.0
_LINE_HEIGHT = 15.0
_LABELS, _HOW, _WAY = dict(SYSTEMS), dict(STRENGTHS), dict(DIRECTIONS)
_ORDER = {code: place for place, (code, _) in enumerate(SYSTEMS)}
HOUSEHOLD, UNTOLD = "The household", "How strong is not recorded"


@dataclass(frozen=True, slots=True)
class Tie:
    """One connection as drawn, with its record's id and whom it is about (empty: the whole household).

    ``label`` says what it is where that is no code: the role of a professional, say.
    """

    id: str
    connection: Connection
    whose: str = ""
    label: str = ""

    @property
    def what(self) -> str:
        return self.label or _LABELS.get(self.connection.type, "")


def draw(household: Sequence[str], ties: Iterable[Tie], title: str, drawn: str) -> Picture:
    """Return the ecomap. ``household`` are the names of those who live together; ``drawn`` says when and by whom."""
    around = sorted(ties, key=lambda each: (_ORDER.get(each.connection.type, 99), each.connection.name, each.id))
    inner = max(92.0, (len(household) + 2) * _LINE_HEIGHT / 2 + 30)
    ring = max(inner + _LEAST_WAY + SYSTEM, (2 * SYSTEM + _BETWEEN) * len(around) / (2 * math.pi))
    wide = max(2 * (ring + SYSTEM), 2 * ENTRY_WIDTH)
    middle = (MARGIN + wide / 2, _HEAD + MARGIN + ring + SYSTEM)
    places = [_place(middle, ring, number, len(around)) for number in range(len(around))]
    shapes: list[Shape] = [
        Words((MARGIN, MARGIN + 2), title, 17, is_strong=True, part="title"),
        Words((MARGIN, MARGIN + 22), drawn, 12, tone=FAINT, part="drawn"),
    ]
    for tie, place in zip(around, places, strict=True):
        shapes += _line(tie, middle, inner, place)
    shapes += _household(household, middle, inner)
    for tie, place in zip(around, places, strict=True):
        shapes += _system(tie, place)
    spots = [Spot("", _box(middle, inner), 0, _said_of_household(household, around))]
    spots += [Spot(tie.id, _box(place, SYSTEM), 1, said(tie)) for tie, place in zip(around, places, strict=True)]
    signs = tuple(_signs(around))
    foot = middle[1] + ring + SYSTEM + MARGIN
    shapes += legend(signs, (MARGIN, foot), wide)
    meaning = room(len(signs), (MARGIN, foot), wide)
    size = (wide + 2 * MARGIN, meaning[3] + MARGIN)
    return Picture(
        title, size, tuple(shapes), tuple(spots), tuple(each.words for each in spots),
        hull(each.box for each in spots), meaning,
    )  # fmt: skip


def said(tie: Tie) -> str:
    """Say one connection."""
    each = tie.connection
    about = [
        tie.what,
        f"of {tie.whose}" if tie.whose else "of the whole household",
        _HOW.get(each.strength, UNTOLD).lower(),
        f"help and energy go {_WAY[each.direction].lower()}" if each.direction in _WAY else "",
    ]
    words = f"{each.name}: {', '.join(part for part in about if part)}."
    return f"{words} {each.note}" if each.note else words


def _said_of_household(household: Sequence[str], around: Sequence[Tie]) -> str:
    who = ", ".join(household) if household else "nobody is recorded as living in it"
    return f"{HOUSEHOLD}: {who}. Connections: {len(around)}."


def _place(middle: Point, ring: float, number: int, count: int) -> Point:
    angle = 2 * math.pi * number / max(1, count) - math.pi / 2
    return round(middle[0] + ring * math.cos(angle), 2), round(middle[1] + ring * math.sin(angle), 2)


def _box(at: Point, half: float) -> tuple[float, float, float, float]:
    return at[0] - half, at[1] - half, at[0] + half, at[1] + half


def _household(names: Sequence[str], middle: Point, radius: float) -> Iterator[Shape]:
    yield Ellipse(middle, (radius, radius), Stroke(2.2), part="household")
    lines = names or ("Nobody is recorded", "as living here")
    top = middle[1] - (len(lines) + 1) * _LINE_HEIGHT / 2 + _LINE_HEIGHT * 0.8
    yield Words((middle[0], top), HOUSEHOLD, 12, "middle", True, part="household")
    for number, name in enumerate(lines, 1):
        short = wrapped(name, int((radius - 10) * 2 / 7), 1)
        yield Words((middle[0], top + number * _LINE_HEIGHT), short[0] if short else "", 12, "middle", part="household")


def _system(tie: Tie, at: Point) -> Iterator[Shape]:
    yield Ellipse(at, (SYSTEM, SYSTEM), Stroke(1.6), part="system")
    lines = [(each, 12.0, True, "ink") for each in wrapped(tie.connection.name, 14, 3)]
    lines += [(each, SMALL_SIZE, False, FAINT) for each in wrapped(tie.what, 16, 3)]
    if tie.whose:
        lines += [(f"for {each}" if not at_ else each, SMALL_SIZE, False, "ink")
                  for at_, each in enumerate(wrapped(tie.whose, 13, 1))]  # fmt: skip
    top = at[1] - len(lines) * 13 / 2 + 10
    for number, (text, size, is_strong, tone) in enumerate(lines):
        yield Words((at[0], top + number * 13), text, size, "middle", is_strong, tone, "system")


def _line(tie: Tie, middle: Point, inner: float, place: Point) -> Iterator[Shape]:
    away = math.dist(middle, place)
    x, y = (place[0] - middle[0]) / away, (place[1] - middle[1]) / away
    start = (middle[0] + x * (inner + 4), middle[1] + y * (inner + 4))
    end = (place[0] - x * (SYSTEM + 4), place[1] - y * (SYSTEM + 4))
    direction = tie.connection.direction
    about = (tie.id,)
    yield from styled(
        tie.connection.strength, (start, end), about,
        to_system=direction in ("both", "from_family"), to_family=direction in ("both", "to_family"),
    )  # fmt: skip


def styled(
    strength: str, path: Sequence[Point], about: tuple[str, ...] = (), *, to_system: bool, to_family: bool
) -> Iterator[Line]:
    """Yield the line of one strength, from the household to the system, with its arrowheads."""
    arrows = {"arrow_at_end": to_system, "arrow_at_start": to_family}
    whole = tuple(path)
    if strength == "strong":
        yield Line(whole, Stroke(4.2), about, "connection", **arrows)
    elif strength == "moderate":
        (x1, y1), (x2, y2) = whole[0], whole[-1]
        away = math.dist(whole[0], whole[-1]) or 1.0
        x, y = -(y2 - y1) / away * 2.6, (x2 - x1) / away * 2.6
        yield Line(((x1 + x, y1 + y), (x2 + x, y2 + y)), Stroke(1.5), about, "connection")
        yield Line(((x1 - x, y1 - y), (x2 - x, y2 - y)), Stroke(1.5), about, "connection beside")
        if to_system or to_family:
            yield Line(whole, Stroke(0.01), about, "direction", **arrows)
    elif strength == "weak":
        yield Line(whole, Stroke(1.6, (7, 5)), about, "connection", **arrows)
    elif strength == "stressful":
        yield Line(zigzag(whole), Stroke(1.7, (), BOND), about, "connection", **arrows)
    else:
        yield Line(whole, Stroke(1.1, (), FAINT), about, "connection", **arrows)


def _signs(around: Sequence[Tie]) -> Iterator[Entry]:
    strengths = {each.connection.strength for each in around}
    for strength, words in (*STRENGTHS, ("", UNTOLD)):
        if strength in strengths:
            yield of_line(words, _sampled(strength))
    if any(each.connection.direction for each in around):
        yield of_line("Arrow: where help and energy go", _arrow)


def _arrow(path: tuple[Point, ...]) -> Iterator[Line]:
    yield Line(path, arrow_at_end=True)


def _sampled(strength: str) -> Callable[[tuple[Point, ...]], Iterator[Line]]:
    return lambda path: styled(strength, path, to_system=False, to_family=False)
