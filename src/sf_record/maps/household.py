"""Draws the line round those who live together: round nobody else, however they stand on the genogram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sf_record.maps.shapes import FAINT, Box, Outline, Point, Stroke, hull, overlap

LINE = Stroke(1.4, (2, 4), FAINT)
_MARGIN = 10.0
_CORRIDOR = 6.0


def around(
    inside: Sequence[Sequence[Box]],
    outside: Sequence[Box],
    gaps: Sequence[tuple[float, float]],
    words: Sequence[Box] = (),
) -> list[Outline]:
    """Return the outlines of what covers each row's household members, and neither symbol nor name of others.

    ``gaps`` are the heights between the rows, in which no symbol stands; ``words`` stand there, and no passage leads
    through them.
    """
    boxes = [_wider(each, _MARGIN) for row in inside for each in row]
    if not boxes:
        return []
    whole = hull(boxes)
    if not any(overlap(whole, each) for each in outside):
        return [_outline(_corners(whole))]
    runs = [_runs(sorted(_wider(each, _MARGIN) for each in row), outside) for row in inside]
    covering = [each for row in runs for each in row]
    covering += _joined(runs, gaps, outside, words)
    return [_outline(each) for each in _traced(covering)]


def _outline(points: tuple[Point, ...]) -> Outline:
    return Outline(points, LINE, fill="none", part="household")


def _corners(box: Box) -> tuple[Point, ...]:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _wider(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _runs(row: Sequence[Box], outside: Sequence[Box]) -> list[Box]:
    """Join those of a row between whom nobody else stands."""
    found: list[Box] = []
    for each in row:
        joined = hull((found[-1], each)) if found else each
        if found and not any(overlap(joined, other) for other in outside):
            found[-1] = joined
        else:
            found.append(each)
    return found


def _joined(
    runs: Sequence[Sequence[Box]],
    gaps: Sequence[tuple[float, float]],
    outside: Sequence[Box],
    words: Sequence[Box],
) -> list[Box]:
    """Return the passages that join the pieces of a household: along a row beneath it, and from row to row."""
    found: list[Box] = []
    for row, (top, _bottom) in zip(runs, gaps, strict=True):
        for left, right in pairwise(row):
            found += _passage(_middle(left), _middle(right), (left[3], right[3]), top + 5 + _CORRIDOR)
    filled = [at for at, row in enumerate(runs) if row]
    for upper, lower in pairwise(filled):
        pair = min(((one, other) for one in runs[upper] for other in runs[lower]), key=_apart)
        found += _between(pair[0], pair[1], gaps[lower - 1], outside, words)
    return found


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _apart(pair: tuple[Box, Box]) -> float:
    one, other = pair
    return max(0.0, other[0] - one[2], one[0] - other[2])


def _passage(one: float, other: float, bottoms: tuple[float, float], y: float) -> list[Box]:
    half = _CORRIDOR
    return [
        (one - half, bottoms[0] - 1, one + half, y + half),
        (min(one, other) - half, y - half, max(one, other) + half, y + half),
        (other - half, bottoms[1] - 1, other + half, y + half),
    ]


def _between(
    upper: Box, lower: Box, gap: tuple[float, float], outside: Sequence[Box], words: Sequence[Box]
) -> list[Box]:
    left, right = max(upper[0], lower[0]), min(upper[2], lower[2])
    straight = (left, upper[3] - 1, right, lower[1] + 1)
    is_free = not any(overlap(straight, each) for each in outside)
    if right - left > 4 * _CORRIDOR and is_free and not _cuts(straight, words):
        return [straight]
    half, y = _CORRIDOR, gap[1] - _MARGIN - 4
    down, onward = _way(_middle(upper), (*outside, *words), upper[3], y), _middle(lower)
    return [
        (min(_middle(upper), down) - half, upper[3] - 1, max(_middle(upper), down) + half, upper[3] + 2 * half),
        (down - half, upper[3] - 1, down + half, y + half),
        (min(down, onward) - half, y - half, max(down, onward) + half, y + half),
        (onward - half, y - half, onward + half, lower[1] + 1),
    ]


def _cuts(passage: Box, words: Iterable[Box]) -> bool:
    """Say whether a side of a passage leads through words: those within it lie well."""
    return any(overlap(passage, each) and not (passage[0] <= each[0] and each[2] <= passage[2]) for each in words)


def _way(near: float, outside: Sequence[Box], top: float, bottom: float) -> float:
    """Return the place nearest to one at which one may go straight down."""
    inside = [each for each in outside if each[1] < bottom and each[3] > top]
    places = [near] + [x for each in inside for x in (each[0] - 2 * _CORRIDOR, each[2] + 2 * _CORRIDOR)]

    def is_free(x: float) -> bool:
        return not any(each[0] - _CORRIDOR < x < each[2] + _CORRIDOR for each in inside)

    return min((each for each in places if is_free(each)), key=lambda x: (abs(x - near), x))


def _traced(boxes: Sequence[Box]) -> list[tuple[Point, ...]]:
    """Return the outlines of boxes laid over one another: their edges without those between two of them."""
    xs = sorted({each[at] for each in boxes for at in (0, 2)})
    ys = sorted({each[at] for each in boxes for at in (1, 3)})
    filled = {
        (i, j)
        for i, (left, right) in enumerate(pairwise(xs))
        for j, (top, bottom) in enumerate(pairwise(ys))
        if any(b[0] <= left and right <= b[2] and b[1] <= top and bottom <= b[3] for b in boxes)
    }
    following: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in sorted(filled):
        corners = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
        beside = ((i, j - 1), (i + 1, j), (i, j + 1), (i - 1, j))
        for number, other in enumerate(beside):
            if other not in filled:
                following.setdefault(corners[number], []).append(corners[(number + 1) % 4])
    found = []
    while following:
        start = min(following)
        path, at = [start], following[start].pop()
        while at != start:
            path.append(at)
            at = following[at].pop()
        following = {key: those for key, those in following.items() if those}
        found.append(_without_straights([(xs[i], ys[j]) for i, j in path]))
    return found


def _without_straights(path: list[Point]) -> tuple[Point, ...]:
    around_ = [path[-1], *path, path[0]]
    kept = [
        here
        for before, here, after in zip(around_, around_[1:], around_[2:], strict=False)
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1])
    ]
    return tuple(kept)
