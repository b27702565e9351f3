"""Orders each row of a genogram: siblings oldest left, partners at their side, families beneath their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sf_record.maps.kin import Kin

Block = tuple[str, ...]
_FAR = 1e9


def ordered_rows(kin: Kin, rows: Mapping[str, int]) -> list[list[Block]]:
    """Return the blocks of each row from left to right; a block are brothers and sisters with their partners."""
    count = max(rows.values(), default=-1) + 1
    blocks = [_blocks(kin, [each for each in kin.members if rows[each] == row]) for row in range(count)]
    if not blocks:
        return []
    middle = _middle(kin, rows)
    blocks[middle] = _couples_together(kin, blocks[middle])
    for row in range(middle - 1, -1, -1):
        blocks[row] = _sorted(blocks[row], _above_their_children(kin, blocks[row + 1 :]))
    for row in range(middle + 1, count):
        blocks[row] = _sorted(blocks[row], _beneath_their_parents(kin, blocks[:row]))
    return blocks


def _middle(kin: Kin, rows: Mapping[str, int]) -> int:
    """Return the row of the parents of the children whom the file is about."""
    index = [rows[each] for each, member in kin.members.items() if member.is_index]
    return max(0, min(index, default=1) - 1)


def _blocks(kin: Kin, members: Sequence[str]) -> list[Block]:
    here = set(members)
    sibships: dict[str, list[str]] = {}
    for each in sorted(members, key=kin.age_order):
        if (home := _sibship(kin, each)) is not None:
            sibships.setdefault(home, []).append(each)
    placed: set[str] = {each for those in sibships.values() for each in those}
    found = [tuple(_with_partners(kin, those, here, placed)) for those in sibships.values()]
    for each in sorted(here - placed, key=lambda one: (-len(kin.unions_of(one)), kin.age_order(one))):
        if each not in placed:
            placed.add(each)
            found.append(tuple(_with_partners(kin, [each], here, placed)))
    return found


def _sibship(kin: Kin, member_id: str) -> str | None:
    """Return what brothers and sisters have in common: their parents' union, or their being said to be siblings."""
    home = kin.home_of(member_id)
    if home is not None:
        return home
    return next(("&".join(sorted(each)) for each in kin.siblings if member_id in each), None)


def _with_partners(kin: Kin, siblings: Sequence[str], here: set[str], placed: set[str]) -> list[str]:
    """Put partners who have no place of their own at the side of each: the earlier left, the latest right."""
    order: list[str] = []
    for each in siblings:
        partners = _partners(kin, each, here, placed)
        placed.update(partners)
        left = partners[:-1] if len(partners) > 1 else [one for one in partners if _stands_left(kin, one, each)]
        right = [one for one in partners if one not in left]
        for one in left:
            order += [*_further(kin, one, here, placed), one]
        order.append(each)
        for one in right:
            order += [one, *reversed(_further(kin, one, here, placed))]
    return order


def _further(kin: Kin, member_id: str, here: set[str], placed: set[str]) -> list[str]:
    """Return the partners of a partner, the nearest last."""
    found: list[str] = []
    for each in _partners(kin, member_id, here, placed):
        placed.add(each)
        found = [*found, *_further(kin, each, here, placed), each]
    return found


def _partners(kin: Kin, member_id: str, here: set[str], placed: set[str]) -> list[str]:
    found = [other for each in kin.unions_of(member_id) if (other := each.of(member_id)) is not None]
    return [each for each in dict.fromkeys(found) if each in here and each not in placed]


def _stands_left(kin: Kin, one: str, other: str) -> bool:
    """The man stands left; of two women or two men, the elder."""
    mine, theirs = kin.members[one], kin.members[other]
    if mine.sex != theirs.sex and "M" in (mine.sex, theirs.sex):
        return mine.sex == "M"
    return kin.age_order(one) < kin.age_order(other)


def _couples_together(kin: Kin, blocks: list[Block]) -> list[Block]:
    """Put blocks that a couple joins beside one another, the man's left of the woman's."""
    left = sorted(
        blocks, key=lambda block: (is_alone(kin, block[0]), not _has_son_in_couple(kin, block), _eldest(kin, block))
    )
    found: list[Block] = []
    while left:
        follows = [each for each in left if found and _are_joined(kin, found[-1], each)]
        chosen = follows[0] if follows else left[0]
        left.remove(chosen)
        found.append(chosen)
    return found


def _has_son_in_couple(kin: Kin, block: Block) -> bool:
    outside = [
        each for each in block for union in kin.unions_of(each) if (union.of(each) or each) not in block
    ]  # somebody whose partner stands in another block
    return any(kin.members[each].sex == "M" for each in outside)


def _are_joined(kin: Kin, one: Block, other: Block) -> bool:
    return any(union.of(each) in other for each in one for union in kin.unions_of(each))


def _eldest(kin: Kin, block: Block) -> tuple[str, str, str]:
    return min(kin.age_order(each) for each in block)


def is_alone(kin: Kin, member_id: str) -> bool:
    """Say whether no couple, no parents and no brothers or sisters are drawn for a person."""
    return not kin.unions_of(member_id) and _sibship(kin, member_id) is None


def _places(rows: Sequence[Sequence[Block]]) -> dict[str, float]:
    """Return everybody's place in their row, from 0 to 1, so that rows can be held against one another."""
    found: dict[str, float] = {}
    for row in rows:
        flat = [each for block in row for each in block]
        found |= {each: (at + 0.5) / len(flat) for at, each in enumerate(flat)}
    return found


def _above_their_children(kin: Kin, below: Sequence[Sequence[Block]]) -> dict[str, float]:
    places = _places(below)
    found: dict[str, list[float]] = {}
    for each in kin.descents:
        for parent in kin.unions[each.union].members:
            if each.child in places and kin.home_of(each.child) == each.union:
                found.setdefault(parent, []).append(places[each.child])
    return {key: sum(those) / len(those) for key, those in found.items()}


def _beneath_their_parents(kin: Kin, above: Sequence[Sequence[Block]]) -> dict[str, float]:
    places = _places(above)
    found: dict[str, float] = {}
    for each in kin.members:
        home = kin.home_of(each)
        if home is not None:
            those = [places[one] for one in kin.unions[home].members if one in places]
            if those:
                found[each] = sum(those) / len(those)
    return found


def _sorted(blocks: list[Block], places: Mapping[str, float]) -> list[Block]:
    """Sort blocks by where those stand to whom they belong; who belongs to nobody stands at the right."""

    def place(block: Block) -> tuple[float, int]:
        found = [places[each] for each in block if each in places]
        return (sum(found) / len(found) if found else _FAR), blocks.index(block)

    return sorted(blocks, key=place)
