"""Gives everybody on a row of a genogram their place across: beneath their parents, above their children, never nearer
than a cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sf_record.maps.kin import Kin, Union
from sf_record.maps.rows import Block, is_alone

CELL = 176.0  # from the middle of one symbol to the middle of the next
BETWEEN = 24.0  # more between two blocks
_TURNS = 16


def across(kin: Kin, blocks: Sequence[Sequence[Block]]) -> dict[str, float]:
    """Return everybody's place across, the leftmost at 0."""
    rows = [[each for block in row for each in block] for row in blocks]
    gaps = [_gaps(row) for row in blocks]
    places = {each: at for row, apart in zip(rows, gaps, strict=True) for each, at in zip(row, apart, strict=True)}
    for _ in range(_TURNS):
        for row, apart in zip(reversed(rows), reversed(gaps), strict=True):
            _settle(row, apart, places, _over_children(kin, row, places))
        for row, apart, those in zip(rows, gaps, blocks, strict=True):
            _settle(row, apart, places, _under_parents(kin, those, places))
    for row, apart in zip(rows, gaps, strict=True):
        _draw_near(kin, row, apart, places)
    least = min(places.values(), default=0.0)
    return {each: at - least for each, at in places.items()}


def _gaps(row: Sequence[Block]) -> list[float]:
    """Return how far right each may stand at the least, counted from the first."""
    found: list[float] = []
    at = 0.0
    for block in row:
        for _ in block:
            found.append(at)
            at += CELL
        at += BETWEEN
    return found


def drop_across(low: float, high: float, children: float) -> float:
    """Return where on a couple's line the line to their children hangs: in the middle, unless they stand apart."""
    slack = max(20.0, (high - low) / 2 - 24.0) if high - low > CELL + 2 * BETWEEN else 20.0
    slack = min(slack, (high - low) / 2)
    middle = (low + high) / 2
    return max(middle - slack, min(middle + slack, children))


def _over_children(kin: Kin, row: Sequence[str], places: Mapping[str, float]) -> dict[str, float]:
    wanted: dict[str, list[float]] = {}
    for union in kin.unions.values():
        _pull_together(union, row, places, wanted)
        children = [places[each.child] for each in kin.children_of(union.id) if kin.home_of(each.child) == union.id]
        if not children or not all(each in places for each in union.members):
            continue
        target = sum(children) / len(children)
        ends = [places[each] for each in union.members]
        shift = target - drop_across(min(ends), max(ends), target)
        for each in union.members:
            wanted.setdefault(each, []).append(places[each] + shift)
    return {each: sum(wanted[each]) / len(wanted[each]) for each in row if each in wanted}


def _pull_together(
    union: Union, row: Sequence[str], places: Mapping[str, float], wanted: dict[str, list[float]]
) -> None:
    """Let two who stand apart want to stand side by side."""
    if not all(each in row for each in union.members) or len(union.members) == 1:
        return
    left, right = sorted(union.members, key=lambda each: places[each])
    spare = places[right] - places[left] - CELL
    if spare > 0:
        wanted.setdefault(left, []).append(places[left] + spare / 2)
        wanted.setdefault(right, []).append(places[right] - spare / 2)


def _draw_near(kin: Kin, row: Sequence[str], apart: Sequence[float], places: dict[str, float]) -> None:
    """Put those who are tied to nobody beside the others."""
    for at in range(1, len(row)):
        if is_alone(kin, row[at]):
            places[row[at]] = round(places[row[at - 1]] + apart[at] - apart[at - 1], 3)


def _under_parents(kin: Kin, row: Sequence[Block], places: Mapping[str, float]) -> dict[str, float]:
    wanted: dict[str, float] = {}
    for block in row:
        homes = {home for each in block if (home := kin.home_of(each)) is not None}
        if len(homes) != 1:
            continue
        parents = kin.unions[homes.pop()].members
        ends = [places[each] for each in parents]
        own = [at for at, each in enumerate(block) if kin.home_of(each) is not None]
        middle = sum(own) / len(own)
        now = sum(places[block[at]] for at in own) / len(own)
        # Towards the middle between parents who stand apart, as far as there is room.
        target = (drop_across(min(ends), max(ends), now) + sum(ends) / len(ends)) / 2
        wanted |= {each: target + (at - middle) * CELL for at, each in enumerate(block)}
    return wanted


def _settle(row: Sequence[str], apart: Sequence[float], places: dict[str, float], wanted: Mapping[str, float]) -> None:
    """Put a row where it is wanted, as near as the order and the cells allow (least squares by pooling neighbours)."""
    pools: list[tuple[float, int]] = []  # the mean of what is wanted, and of how many
    for each, least in zip(row, apart, strict=True):
        pools.append((wanted.get(each, places[each]) - least, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (right, many), (left, some) = pools.pop(), pools.pop()
            pools.append(((left * some + right * many) / (some + many), some + many))
    starts = [mean for mean, count in pools for _ in range(count)]
    for each, least, start in zip(row, apart, starts, strict=True):
        places[each] = round(start + least, 3)
