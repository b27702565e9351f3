"""Reads who is related how from the people and relationships of a family file, as a genogram draws it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sf_record.dates import ApproximateDate
from sf_record.kinds.person import Person
from sf_record.kinds.relationship import TYPES, Relationship

BIRTH, ADOPTED, FOSTERED = "birth", "adopted", "fostered"
BONDS = ("close", "fused", "distant", "conflict", "cut_off", "physical_abuse", "emotional_abuse", "sexual_abuse")
TIE = "tie"  # a relation that is only named
UNRECORDED, AS_PARENTS = "unrecorded", "as_parents"  # of couples whose partnership is not recorded
_DESCENTS = {
    "mother": BIRTH,
    "father": BIRTH,
    "adoptive_parent": ADOPTED,
    "foster_carer": FOSTERED,
}
_PARTNERS = ("partner", "former_partner")
_NAMED = dict(TYPES)


@dataclass(frozen=True, slots=True)
class Member:
    """One person as drawn. ``age`` in years or months, ``years`` of birth and death."""

    id: str
    name: str
    sex: str  # M, F or U
    order: str  # of birth, earliest first; "9" where it is not known
    age: str = ""
    years: str = ""
    is_child: bool = False
    is_index: bool = False
    is_unborn: bool = False
    ended: str = ""  # how a pregnancy ended
    has_died: bool = False
    lives_here: bool = False
    is_restricted: bool = False
    is_unknown: bool = False  # stands for a parent of whom nothing is recorded


@dataclass(frozen=True, slots=True)
class Union:
    """Two people as a couple or as parents, or one who is a parent alone."""

    id: str
    one: str
    other: str | None
    kind: str = AS_PARENTS
    parting: str = ""
    began: str = ""
    ended: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        return (self.one,) if self.other is None else (self.one, self.other)

    def of(self, member_id: str) -> str | None:
        """Return the other one."""
        return self.other if member_id == self.one else self.one


@dataclass(frozen=True, slots=True)
class Descent:
    """One child of a union, by birth, adoption or fostering."""

    child: str
    union: str
    kind: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Bond:
    """How two people get on, or a relation that no other line shows; ``label`` names the latter."""

    one: str
    other: str
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pull:
    """Says that one person stands so many generations below another; lighter ones give way."""

    one: str
    other: str
    down: int
    weight: int


@dataclass(frozen=True, slots=True)
class Kin:
    """Everything that a genogram draws."""

    members: Mapping[str, Member]
    unions: Mapping[str, Union]
    descents: tuple[Descent, ...]
    twins: tuple[tuple[frozenset[str], bool], ...]  # whether identical
    bonds: tuple[Bond, ...]
    pulls: tuple[Pull, ...]
    siblings: tuple[frozenset[str], ...]  # brothers and sisters of whom no parent is drawn
    hides_people: bool = False

    def children_of(self, union_id: str) -> tuple[Descent, ...]:
        """Return the children of a union, the oldest first."""
        found = [each for each in self.descents if each.union == union_id]
        return tuple(sorted(found, key=lambda each: self.age_order(each.child)))

    def unions_of(self, member_id: str) -> tuple[Union, ...]:
        """Return the unions of a person, in the order of time."""
        found = [each for each in self.unions.values() if member_id in each.members]
        return tuple(sorted(found, key=lambda each: (each.parting == "", each.began or "9", each.id)))

    def home_of(self, member_id: str) -> str | None:
        """Return the union under which a person stands: by birth before adoption before fostering."""
        found = [each for each in self.descents if each.child == member_id]
        rank = {BIRTH: 0, ADOPTED: 1, FOSTERED: 2}
        return min(found, key=lambda each: (rank[each.kind], each.union)).union if found else None

    def age_order(self, member_id: str) -> tuple[str, str, str]:
        """Return what sorts the oldest first."""
        member = self.members[member_id]
        return member.order, member.name, member.id


def read_kin(
    people: Mapping[str, Person],
    relations: Sequence[Relationship],
    today: date,
    *,
    index: Collection[str] = (),
    hide_restricted: bool = False,
) -> Kin:
    """Read a family; ``index`` are the children whom the file is about. What names nobody of the file is left out."""
    shown = {key: each for key, each in people.items() if not (hide_restricted and each.restriction)}
    members = {key: _member(key, each, today, is_index=key in index) for key, each in shown.items()}
    fitting = [each for each in relations if each.person in people and each.to_person in people and not _is_self(each)]
    usable = [each for each in fitting if each.person in shown and each.to_person in shown]
    reading = _Reading(members, _parents_hidden(fitting, shown))
    for relation in sorted(usable, key=_key):
        reading.take(relation)
    return reading.kin(hides_people=len(shown) < len(people))


def _key(relation: Relationship) -> tuple[str, str, str]:
    return relation.type, relation.person or "", relation.to_person or ""


def _is_self(relation: Relationship) -> bool:
    return relation.person == relation.to_person


def _parents_hidden(relations: Sequence[Relationship], shown: Mapping[str, Person]) -> frozenset[str]:
    """Return the children of whom a parent is hidden: nobody is drawn in that parent's place."""
    return frozenset(
        str(each.to_person) for each in relations if _DESCENTS.get(each.type) == BIRTH and each.person not in shown
    )


def _member(member_id: str, person: Person, today: date, *, is_index: bool) -> Member:
    born, died = _read(person.born_on), _read(person.died_on)
    ended = person.pregnancy_ended if person.role == "unborn" else ""
    return Member(
        id=member_id,
        name=person.name,
        sex=person.sex if person.sex in ("M", "F") else "U",
        order=person.born_on or person.expected_on or "9",
        age="" if died else _age(born, today),
        years=_years(born, died, person.expected_on if person.role == "unborn" else None),
        is_child=person.is_child,
        is_index=is_index,
        is_unborn=person.role == "unborn" and born is None,
        ended=ended,
        has_died=died is not None,
        lives_here=bool(person.lives_here) and died is None and not ended,
        is_restricted=bool(person.restriction),
    )


def _read(text: str | None) -> ApproximateDate | None:
    try:
        return ApproximateDate.read(text) if text else None
    except ValueError:
        return None


def _age(born: ApproximateDate | None, today: date) -> str:
    if born is None or born.earliest > today:
        return ""
    months = (today.year - born.year) * 12 + today.month - born.earliest.month - (today.day < born.earliest.day)
    return str(months // 12) if months >= 12 else f"{max(0, months)} m"


def _years(born: ApproximateDate | None, died: ApproximateDate | None, expected: str | None) -> str:
    if died is not None:
        return f"{born.year if born else ''}–{died.year}"
    due = _read(expected)
    if due is not None and born is None:
        return f"due {due.month:02}/{due.year}" if due.month else f"due {due.year}"
    return str(born.year) if born else ""


class _Reading:
    """Collects what the relationships say, one after the other."""

    def __init__(self, members: dict[str, Member], hidden_parent: frozenset[str]) -> None:
        self._members = members
        self._hidden_parent = hidden_parent
        self._couples: dict[frozenset[str], Union] = {}
        self._parents: dict[tuple[str, str], list[str]] = {}  # child and kind of descent: the parents
        self._since: dict[tuple[str, str], str] = {}
        self._twins: list[tuple[frozenset[str], bool]] = []
        self._siblings: list[tuple[str, str, str]] = []
        self._bonds: list[Bond] = []
        self._ties: list[tuple[str, str, str]] = []
        self._pulls: list[Pull] = []

    def take(self, relation: Relationship) -> None:
        one, other = str(relation.person), str(relation.to_person)
        kind = relation.type
        if kind in _DESCENTS:
            parents = self._parents.setdefault((other, _DESCENTS[kind]), [])
            if one not in parents:
                parents.append(one)
            self._since.setdefault((other, _DESCENTS[kind]), (relation.began_on or "")[:4])
        elif kind in _PARTNERS:
            self._couple(relation, one, other)
        elif kind in ("sibling", "half_sibling", "step_sibling"):
            self._siblings.append((one, other, kind))
            self._pulls.append(Pull(one, other, 0, 1))
            if relation.twin:
                self._twins.append((frozenset({one, other}), relation.twin == "identical"))
        else:
            down = {"grandparent": 2, "other": 0}.get(kind, 1)
            self._pulls.append(Pull(one, other, down, 9 if kind == "other" else 2))
            if kind != "other" or relation.quality not in BONDS:
                self._ties.append((one, other, kind))
        if relation.quality in BONDS:
            self._bonds.append(Bond(one, other, relation.quality))

    def _couple(self, relation: Relationship, one: str, other: str) -> None:
        pair = frozenset({one, other})
        if pair in self._couples and relation.type == "former_partner":
            return  # the newer word stands: they are partners again
        former = relation.type == "former_partner" or bool(relation.parting)
        parting = relation.parting or ("separated" if former else "")
        self._couples[pair] = Union(
            id="+".join(sorted(pair)),
            one=min(pair),
            other=max(pair),
            kind=relation.partnership or UNRECORDED,
            parting=parting,
            began=(relation.began_on or "")[:4],
            ended=(relation.ended_on or "")[:4] if parting else "",
        )

    def kin(self, *, hides_people: bool) -> Kin:
        unions = {each.id: each for each in self._couples.values()}
        descents: list[Descent] = []
        for (child, kind), parents in sorted(self._parents.items()):
            for union in self._unions(child, kind, parents):
                unions.setdefault(union.id, union)
                year = self._since[child, kind] if kind != BIRTH else ""
                descents.append(Descent(child, union.id, kind, year))
        ties, siblings = self._left_over(unions, descents)
        down = {(each.child, each.union): kind for each in descents for kind in (each.kind,)}
        pulls = [
            Pull(parent, child, 1, 2 if kind == FOSTERED else 0)
            for (child, union), kind in down.items()
            for parent in unions[union].members
        ]
        pulls += [Pull(each.one, each.other, 0, 0) for each in unions.values() if each.other is not None]
        return Kin(
            members=self._members,
            unions=unions,
            descents=tuple(descents),
            twins=tuple(self._twins),
            bonds=(*self._bonds, *ties),
            pulls=(*pulls, *self._pulls),
            siblings=siblings,
            hides_people=hides_people,
        )

    def _unions(self, child: str, kind: str, parents: list[str]) -> list[Union]:
        """Pair a child's parents; where only one is recorded, somebody unknown stands for the other."""
        if len(parents) == 1 and kind == BIRTH and child not in self._hidden_parent:
            parents = [*parents, self._unknown(parents[0], child)]
        pairs = [parents[at : at + 2] for at in range(0, len(parents), 2)]
        made = []
        for pair in pairs:
            known = self._couples.get(frozenset(pair))
            one, other = min(pair), max(pair) if len(pair) == 2 else None
            made.append(known or Union(id="+".join(sorted(pair)), one=one, other=other))
        return made

    def _unknown(self, parent: str, child: str) -> str:
        """Return who stands for a parent not recorded: one for all children who are not said to be half-siblings."""
        halves = {
            frozenset(pair) for pair in ((one, other) for one, other, kind in self._siblings if kind == "half_sibling")
        }
        number, unknown = 0, ""
        theirs = [child]
        while any(frozenset({child, each}) in halves for each in theirs) or not unknown:
            number += 1
            unknown = f"unknown:{parent}:{number}"
            theirs = [key for (key, kind), those in self._parents.items() if kind == BIRTH and those[1:] == [unknown]]
        sex = {"F": "M", "M": "F"}.get(self._members[parent].sex, "U")
        word = {"M": "Father", "F": "Mother"}.get(sex, "Parent")
        self._parents[child, BIRTH].append(unknown)
        self._members.setdefault(unknown, Member(unknown, f"{word} not recorded", sex, "0", is_unknown=True))
        return unknown

    def _left_over(
        self, unions: Mapping[str, Union], descents: Sequence[Descent]
    ) -> tuple[list[Bond], tuple[frozenset[str], ...]]:
        """Return the relations that no line of descent shows: ties with their names, and sibships without parents."""
        above = _above(unions, descents)
        ties = [
            Bond(one, other, TIE, _NAMED.get(kind, "").removesuffix(" of"))
            for one, other, kind in self._ties
            if not _is_shown(kind, one, other, above, self._couples)
        ]
        groups: list[set[str]] = []
        for one, other, kind in self._siblings:
            if above.get(one, frozenset()) & above.get(other, frozenset()):
                continue
            if kind == "sibling" and not above.get(one) and not above.get(other):
                joined = [each for each in groups if one in each or other in each]
                groups = [each for each in groups if each not in joined]
                groups.append({one, other}.union(*joined))
            else:
                ties.append(Bond(one, other, TIE, _NAMED[kind].removesuffix(" of")))
        return ties, tuple(frozenset(each) for each in groups)


def _above(unions: Mapping[str, Union], descents: Sequence[Descent]) -> dict[str, frozenset[str]]:
    """Return everybody's parents."""
    found: dict[str, frozenset[str]] = {}
    for each in descents:
        found[each.child] = found.get(each.child, frozenset()) | frozenset(unions[each.union].members)
    return found


def _is_shown(
    kind: str,
    one: str,
    other: str,
    above: Mapping[str, frozenset[str]],
    couples: Mapping[frozenset[str], Union],
) -> bool:
    """Say whether lines of descent and of couples show a relation already."""
    parents = above.get(other, frozenset())
    if kind == "grandparent":
        return any(one in above.get(each, frozenset()) for each in parents)
    if kind == "step_parent":
        return any(frozenset({one, each}) in couples for each in parents)
    if kind == "aunt_or_uncle":
        mine = above.get(one, frozenset())
        return any(mine & above.get(each, frozenset()) for each in parents)
    return False
