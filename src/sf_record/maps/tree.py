"""Lays a genogram out: where every symbol stands, and the lines of couples and of descent between them.

A couple's line hangs beneath both; lines that would meet run on lanes of their own. Children hang from a bar beneath.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sf_record.maps.couples import couple
from sf_record.maps.generations import generations
from sf_record.maps.kin import ADOPTED, FOSTERED, Descent, Kin, Union
from sf_record.maps.rows import ordered_rows
from sf_record.maps.shapes import PLAIN, SMALL_SIZE, Line, Point, Shape, Stroke, Words
from sf_record.maps.spacing import CELL, across, drop_across
from sf_record.maps.symbols import HALF, TEXT_HEIGHT, edge_above, edge_below

LANE, BAR, FORK = 24.0, 13.0, 18.0  # between couples' lines, between bars, and the height of a fork of twins
_BENEATH, _ABOVE = 34.0, 16.0  # above the words on a couple's line a household's passage has room
_ASIDE = 12.0
FOSTER_LINE = Stroke(1.6, (1.5, 4))
_DASHED = Stroke(1.4, (6, 4))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where everybody stands, on which row, and the height of each couple's line and each bar of children."""

    at: Mapping[str, Point]
    row: Mapping[str, int]
    asides: Mapping[tuple[str, str], float]  # member and union: how far from the middle the line hangs
    couples: Mapping[str, float]
    bars: Mapping[str, float]
    gaps: tuple[tuple[float, float], ...]  # beneath each row: from the symbols to the words of the next

    def drop(self, union: Union, children: float) -> Point:
        """Return where the line to a union's children, whose middle is there, begins."""
        if union.id in self.couples and union.other is not None:
            xs = [self.at[each][0] + self.asides[each, union.id] for each in union.members]
            return drop_across(min(xs), max(xs), children), self.couples[union.id]
        one = union.one
        return self.at[one][0] + self.asides[one, union.id], self.at[one][1] + HALF


def place(kin: Kin, top: float) -> Placed:
    """Place everybody, the first row's words beginning at ``top``."""
    row = generations(kin)
    blocks = ordered_rows(kin, row)
    xs = across(kin, blocks)
    asides = _asides(kin, xs)
    couples: list[dict[str, tuple[float, float]]] = [{} for _ in blocks]
    bars: list[dict[str, tuple[float, float]]] = [{} for _ in blocks]
    for union in kin.unions.values():
        ends = [xs[each] + asides[each, union.id] for each in union.members]
        if union.other is not None:
            couples[max(row[each] for each in union.members)][union.id] = (min(ends), max(ends))
        children = kin.children_of(union.id)
        if children:
            hang = [xs[each.child] for each in children]
            reach = [*hang, drop_across(min(ends), max(ends), _middle(hang))]
            bars[max(0, min(row[each.child] for each in children) - 1)][union.id] = (min(reach), max(reach))
    for group in kin.siblings:
        reach = [xs[each] for each in group]
        bars[max(0, min(row[each] for each in group) - 1)]["&".join(sorted(group))] = (min(reach), max(reach))
    return _heights(xs, row, asides, couples, bars, top)


def _heights(
    xs: Mapping[str, float],
    row: Mapping[str, int],
    asides: Mapping[tuple[str, str], float],
    couples: list[dict[str, tuple[float, float]]],
    bars: list[dict[str, tuple[float, float]]],
    top: float,
) -> Placed:
    ys: list[float] = []
    gaps: list[tuple[float, float]] = []
    couple_ys: dict[str, float] = {}
    bar_ys: dict[str, float] = {}
    y = top
    for pairs, families in zip(couples, bars, strict=True):
        middle = y + TEXT_HEIGHT + HALF
        ys.append(middle)
        y = middle + HALF + _BENEATH
        lanes = lanes_of(pairs)
        couple_ys |= {key: y + lane * LANE for key, lane in lanes.items()}
        y += max(lanes.values(), default=-1) * LANE + _ABOVE
        lanes = lanes_of(families)
        bar_ys |= {key: y + lane * BAR for key, lane in lanes.items()}
        y += (max(lanes.values(), default=-1) + 1) * BAR + FORK
        gaps.append((middle + HALF, y))
    at = {each: (xs[each], ys[row[each]]) for each in xs}
    return Placed(at, row, asides, couple_ys, bar_ys, tuple(gaps))


def lanes_of(spans: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """Return the lane of each span, the short ones first; spans on one lane do not touch."""
    lanes: list[list[tuple[float, float]]] = []
    found: dict[str, int] = {}
    for key, (low, high) in sorted(spans.items(), key=lambda each: (each[1][1] - each[1][0], each[1], each[0])):
        free = (at for at, lane in enumerate(lanes) if all(high + 8 < left or right + 8 < low for left, right in lane))
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((low, high))
        found[key] = lane
    return found


def _asides(kin: Kin, xs: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Say how far from the middle of each symbol its lines hang, those to the left at the left."""
    found: dict[tuple[str, str], float] = {}
    for member in kin.members:
        hanging = sorted(kin.unions_of(member), key=lambda union: (xs[union.of(member) or member], union.id))
        apart = min(_ASIDE, 2 * (HALF - 4) / max(1, len(hanging) - 1))
        for number, union in enumerate(hanging):
            found[member, union.id] = (number - (len(hanging) - 1) / 2) * apart
    return found


def lines(kin: Kin, placed: Placed) -> Iterator[Shape]:
    """Yield the lines of couples and of descent."""
    for union in kin.unions.values():
        if union.other is not None:
            ends = [
                edge_below(kin.members[each], placed.at[each], placed.asides[each, union.id]) for each in union.members
            ]
            yield from couple(union, ends, placed.couples[union.id])
        if kin.children_of(union.id):
            yield from _children(kin, placed, union)
    for group in kin.siblings:
        yield from _sibship(kin, placed, sorted(group, key=kin.age_order))


def _sibship(kin: Kin, placed: Placed, group: list[str]) -> Iterator[Shape]:
    """Brothers and sisters of whom no parent is drawn hang from a bar that hangs from nothing."""
    y = placed.bars["&".join(sorted(group))]
    yield Line(_bar([placed.at[each][0] for each in group], y), PLAIN, tuple(group), "siblings")
    for each in group:
        x = placed.at[each][0]
        yield Line(((x, y), edge_above(kin.members[each], placed.at[each], 0)), PLAIN, (each,), "child")


def _middle(xs: Iterable[float]) -> float:
    those = list(xs)
    return sum(those) / len(those)


def _bar(xs: Iterable[float], y: float) -> tuple[Point, Point]:
    those = list(xs)
    return (min(those), y), (max(those), y)


def _children(kin: Kin, placed: Placed, union: Union) -> Iterator[Shape]:
    children = kin.children_of(union.id)
    y = placed.bars[union.id]
    start = placed.drop(union, _middle(placed.at[each.child][0] for each in children))
    stroke = FOSTER_LINE if all(each.kind == FOSTERED for each in children) else PLAIN
    path = _way_down(placed, union, start, y)
    yield Line(path, stroke, (union.id,), "drop")
    ends = {each.child: _top_port(kin, each) for each in children}
    forks = _forks(kin, placed, children)
    hang = {each: placed.at[each][0] + aside for each, aside in ends.items()} | {
        each: x for each, (x, _) in forks.items()
    }
    yield Line(_bar([path[-1][0], *hang.values()], y), stroke, (union.id,), "bar")
    for each in children:
        end = edge_above(kin.members[each.child], placed.at[each.child], ends[each.child])
        bend = ((end[0], y + FORK),) if each.child in forks else ()
        yield from _descent(each, ((hang[each.child], y), *bend, end))
    for apex, is_identical in dict.fromkeys(forks.values()):
        if is_identical:
            tops = sorted(placed.at[each][0] for each, fork in forks.items() if fork == (apex, True))
            half = [(apex + x) / 2 for x in (tops[0], tops[-1])]
            yield Line(_bar(half, y + FORK / 2), PLAIN, (union.id,), "identical")


def _way_down(placed: Placed, union: Union, start: Point, y: float) -> tuple[Point, ...]:
    """Return the way from a union to the bar of its children, between those who stand on rows that it passes."""
    row = max(placed.row[each] for each in union.members)
    passed = [at for at in range(row + 1, len(placed.gaps)) if placed.gaps[at][1] < y]
    if not passed:
        return start, (start[0], y)
    x = _free_across(placed, passed, start[0])
    turn = placed.gaps[row][1] - FORK / 2
    return start, (start[0], turn), (x, turn), (x, y)


def _free_across(placed: Placed, rows: Iterable[int], near: float) -> float:
    """Return the place nearest to one at which no symbol or words of those rows stand."""
    passed = set(rows)
    taken = [x for each, (x, _) in placed.at.items() if placed.row[each] in passed]
    free = [x - HALF - 14 for x in taken] + [max(taken) + CELL - HALF - 14]
    return min(free, key=lambda x: (abs(x - near), x))


def _top_port(kin: Kin, descent: Descent) -> float:
    """A child with several families has each line at a place of its own, left of the words."""
    homes = [kin.home_of(descent.child)]
    homes += sorted(each.union for each in kin.descents if each.child == descent.child and each.union not in homes)
    return -8.0 * homes.index(descent.union)


def _forks(kin: Kin, placed: Placed, children: tuple[Descent, ...]) -> dict[str, tuple[float, bool]]:
    """Return where on the bar each twin's line begins, and whether the twins are identical."""
    here = {each.child for each in children}
    groups: list[tuple[set[str], bool]] = []
    for pair, is_identical in kin.twins:
        if not pair <= here:
            continue
        joined = [each for each in groups if each[0] & pair]
        groups = [each for each in groups if each not in joined]
        groups.append((set(pair).union(*(each for each, _ in joined)), is_identical or any(one for _, one in joined)))
    found: dict[str, tuple[float, bool]] = {}
    for group, is_identical in groups:
        apex = sum(placed.at[each][0] for each in group) / len(group)
        found |= dict.fromkeys(group, (apex, is_identical))
    return found


def _descent(each: Descent, path: tuple[Point, ...]) -> Iterator[Shape]:
    about = (each.union, each.child)
    if each.kind == FOSTERED:
        yield Line(path, FOSTER_LINE, about, "fostered")
    elif each.kind == ADOPTED:
        yield Line(path, PLAIN, about, "adopted")
        yield Line(tuple((x - 4, y) for x, y in path), _DASHED, about, "adopted beside")
    else:
        yield Line(path, PLAIN, about, "child")
    if each.year:
        letter = "A" if each.kind == ADOPTED else "F"
        x, y = path[-1]
        yield Words((x - 7, y - 6), f"{letter} {each.year}", SMALL_SIZE, "end", tone="faint", part="year")
