"""How a measure went over time: its points in order, and the same said in words for whoever reads no chart."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.dates import ApproximateDate

NOTHING_YET = "Not scored yet."


@dataclass(frozen=True, slots=True)
class Point:
    """One score: its day, its number, by whom, and what was said with it."""

    on: str  # a day's text
    value: int
    by: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The scores of one measure, the earliest first."""

    label: str
    points: tuple[Point, ...]
    least: int = 0
    most: int = 10
    is_high_good: bool = True

    @property
    def first(self) -> Point | None:
        """The score that others are compared with."""
        return self.points[0] if self.points else None

    @property
    def last(self) -> Point | None:
        """Where it stands."""
        return self.points[-1] if self.points else None


def in_order(points: list[Point]) -> tuple[Point, ...]:
    """Return points in the order of their days; those of one day as they were given."""
    return tuple(sorted(points, key=_day))


def in_words(of: Series) -> str:
    """Say where it began, where it stands, and whether that is better."""
    if of.first is None or of.last is None:
        return NOTHING_YET
    if len(of.points) == 1:
        return f"{of.first.value} out of {of.most} on {day_words(of.first.on)}. Scored once, so there is no change yet."
    began = f"From {of.first.value} on {day_words(of.first.on)}"
    now = f"to {of.last.value} out of {of.most} on {day_words(of.last.on)}"
    return f"{began} {now}: {change_words(of)}."


def change_words(of: Series) -> str:
    """Say what has changed between the first and the last score."""
    if of.first is None or of.last is None or len(of.points) == 1:
        return ""
    change = of.last.value - of.first.value
    if change == 0:
        return "the same as at the start"
    is_better = (change > 0) == of.is_high_good
    return f"{abs(change)} {'higher' if change > 0 else 'lower'}, which is {'better' if is_better else 'worse'}"


def point_words(of: Series, point: Point) -> str:
    """Say one score."""
    by = f", {point.by}" if point.by else ""
    said = f": {point.said}" if point.said else ""
    return f"{day_words(point.on)}: {point.value} out of {of.most}{by}{said}"


def day_words(text: str) -> str:
    """Say a day with its year; what cannot be read stays as it is."""
    try:
        return ApproximateDate.read(text[:10]).words
    except ValueError:
        return text


def _day(point: Point) -> str:
    return point.on
