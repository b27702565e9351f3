"""Draws the legend of a map: a sample of every sign that is on it, and what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sf_record.maps.shapes import FAINT, SMALL_SIZE, Box, Line, Point, Shape, Words, moved

ENTRY_WIDTH, ENTRY_HEIGHT = 306.0, 34.0
SAMPLE = 52.0
WIDEST = 3 * ENTRY_WIDTH  # what is read at one place, however wide the map is


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign: what it means, and its sample drawn round (0, 0), from -26 to 26 across."""

    words: str
    sample: tuple[Shape, ...]


def entry(words: str, *shapes: Iterable[Shape]) -> Entry:
    """Return an entry of these shapes."""
    return Entry(words, tuple(shape for group in shapes for shape in group))


def of_line(words: str, drawn: Callable[[tuple[Point, ...]], Iterable[Shape]]) -> Entry:
    """Return an entry for a kind of line."""
    return entry(words, drawn(((-SAMPLE / 2, 0.0), (SAMPLE / 2, 0.0))))


def legend(entries: Iterable[Entry], at: Point, wide: float) -> Iterator[Shape]:
    """Yield the legend beneath a line, in as many columns as fit."""
    left, top = at
    columns = max(1, int(min(wide, WIDEST) // ENTRY_WIDTH))
    yield Line(((left, top), (left + wide, top)), part="legend line")
    yield Words((left, top + 20), "What the signs mean", 12, is_strong=True, part="legend")
    for number, each in enumerate(entries):
        x = left + (number % columns) * ENTRY_WIDTH + SAMPLE / 2 + 2
        y = top + 46 + (number // columns) * ENTRY_HEIGHT
        for shape in each.sample:
            yield replace(moved(shape, (x, y)), part="sample")
        yield Words((x + SAMPLE / 2 + 12, y + 4), each.words, SMALL_SIZE, tone=FAINT, part="legend")


def room(count: int, at: Point, wide: float) -> Box:
    """Return the room that a legend of so many entries takes."""
    across = min(wide, WIDEST)
    columns = max(1, int(across // ENTRY_WIDTH))
    return at[0], at[1], at[0] + across, at[1] + 46 + -(-count // columns) * ENTRY_HEIGHT
