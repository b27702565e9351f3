"""Says on which row of a genogram everybody stands: parents above their children, couples side by side."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from sf_record.maps.kin import FOSTERED, Kin, Pull


def generations(kin: Kin) -> dict[str, int]:
    """Return everybody's row, from 0 at the top."""
    rows: dict[str, int] = {}
    near: dict[str, list[tuple[str, int, int]]] = {each: [] for each in kin.members}
    for pull in kin.pulls:
        near[pull.one].append((pull.other, pull.down, pull.weight))
        near[pull.other].append((pull.one, -pull.down, pull.weight))
    for start in sorted(kin.members, key=lambda each: (not kin.members[each].is_index, kin.age_order(each))):
        if start not in rows:
            # Who is tied to nobody stands with those of the same age: children with the children.
            _walk(start, 0 if kin.members[start].is_child else -1, near, rows)
    _settle(kin, rows)
    top = min(rows.values(), default=0)
    used = sorted({each - top for each in rows.values()})
    return {key: used.index(each - top) for key, each in rows.items()}


def _walk(start: str, row: int, near: Mapping[str, list[tuple[str, int, int]]], rows: dict[str, int]) -> None:
    """Go from one to all who are tied to them, along the firmest ties first."""
    waiting: list[tuple[int, str, int]] = [(0, start, row)]
    while waiting:
        _, member, at = heapq.heappop(waiting)
        if member in rows:
            continue
        rows[member] = at
        for other, down, weight in near[member]:
            if other not in rows:
                heapq.heappush(waiting, (weight, other, at + down))


def _settle(kin: Kin, rows: dict[str, int]) -> None:
    """Push children below their parents and draw couples level; records that go in a circle end after so many turns."""
    firm = [each for each in kin.pulls if each.weight == 0]
    for _ in range(len(rows) + 1):
        moved = False
        for pull in firm:
            moved |= _move(pull, rows)
        for union in kin.unions.values():
            level = [each.child for each in kin.descents if each.union == union.id and each.kind != FOSTERED]
            lowest = max((rows[each] for each in level), default=0)
            for child in level:
                moved |= rows[child] != lowest
                rows[child] = lowest
        if not moved:
            return


def _move(pull: Pull, rows: dict[str, int]) -> bool:
    least = rows[pull.one] + pull.down
    if rows[pull.other] < least:
        rows[pull.other] = least
        return True
    if pull.down == 0 and rows[pull.other] > least:
        rows[pull.one] = rows[pull.other]
        return True
    return False
