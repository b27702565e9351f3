"""Says a genogram in words, a sentence or more for each person, so that nothing is told by the drawing alone."""

from __future__ import annotations

from collections.abc import Iterator

from sf_record.maps.kin import ADOPTED, AS_PARENTS, BIRTH, FOSTERED, TIE, UNRECORDED, Kin, Member, Union

_COUPLES = {
    "married": "Married to {name}",
    "cohabiting": "Lives as a couple with {name}",
    "apart": "A couple with {name}, living apart",
    UNRECORDED: "Partner of {name}",
    AS_PARENTS: "Has children with {name}",
}
_PARTED = {"separated": "Separated from {name}", "divorced": "Divorced from {name}"}
_BONDS = {
    "close": "Close to {name}",
    "fused": "Very close to {name}, hard to be apart",
    "distant": "Distant from {name}",
    "conflict": "In conflict with {name}",
    "cut_off": "Cut off from {name}",
}
_HARMS = {
    "physical_abuse": "physical abuse",
    "emotional_abuse": "emotional abuse",
    "sexual_abuse": "sexual abuse",
}
_ENDED = {"miscarriage": "miscarriage", "termination": "termination", "stillbirth": "stillbirth"}
_CHILD = {BIRTH: "Child of", ADOPTED: "Adopted child of", FOSTERED: "Fostered by"}
_PARENT = {BIRTH: "Parent of", ADOPTED: "Adoptive parent of", FOSTERED: "Fosters"}
_SEXES = {"M": "male", "F": "female"}


def everybody(kin: Kin) -> dict[str, str]:
    """Return what is said of each person."""
    return {key: " ".join(_sentences(kin, member)) for key, member in kin.members.items()}


def _sentences(kin: Kin, member: Member) -> Iterator[str]:
    yield _who(member)
    for descent in kin.descents:
        if descent.child == member.id:
            since = f" since {descent.year}" if descent.year else ""
            parents = [kin.members[each].name for each in kin.unions[descent.union].members]
            yield f"{_CHILD[descent.kind]} {_and(parents)}{since}."
    yield from _siblings(kin, member)
    for union in kin.unions_of(member.id):
        other = union.of(member.id)
        if other is not None and not kin.members[other].is_unknown:
            yield f"{_couple(union, kin.members[other].name)}."
        for kind, words in _PARENT.items():
            children = [kin.members[each.child].name for each in kin.children_of(union.id) if each.kind == kind]
            if children:
                yield f"{words} {_and(children)}."
    yield from _bonds(kin, member)


def _who(member: Member) -> str:
    about = [
        "child whom this file is about" if member.is_index else "",
        "unborn child" if member.is_unborn and not member.ended else "",
        _ENDED.get(member.ended, ""),
        "" if member.is_unborn or member.is_unknown or member.ended else _SEXES.get(member.sex, "sex not recorded"),
        _age(member),
        "has died" if member.has_died else "",
        "lives in this household" if member.lives_here else "",
        "there is a rule about contact" if member.is_restricted else "",
    ]
    told = ", ".join(each for each in about if each)
    return f"{member.name}: {told}." if told else f"{member.name}."


def _age(member: Member) -> str:
    if member.has_died or not member.age:
        return member.years
    return f"{member.age.removesuffix(' m')} months" if member.age.endswith(" m") else f"{member.age} years"


def _siblings(kin: Kin, member: Member) -> Iterator[str]:
    for pair, is_identical in kin.twins:
        if member.id in pair:
            other = next(each for each in pair if each != member.id)
            yield f"{'Identical twin' if is_identical else 'Twin'} of {kin.members[other].name}."
    for group in kin.siblings:
        if member.id in group:
            yield f"Brother or sister of {_and([kin.members[each].name for each in sorted(group - {member.id})])}."
    mine = [each.union for each in kin.descents if each.child == member.id and each.kind == BIRTH]
    parents = {each for union in mine for each in kin.unions[union].members}
    halves = [
        kin.members[each.child].name
        for each in kin.descents
        if each.kind == BIRTH and each.union not in mine and parents & set(kin.unions[each.union].members)
    ]
    if halves:
        yield f"Half-brother or half-sister of {_and(halves)}."


def _couple(union: Union, name: str) -> str:
    words = (_PARTED.get(union.parting) or _COUPLES.get(union.kind, _COUPLES[UNRECORDED])).format(name=name)
    since = f" since {union.began}" if union.began and not union.parting else ""
    until = f" in {union.ended}" if union.ended else ""
    return f"{words}{since}{until}"


def _bonds(kin: Kin, member: Member) -> Iterator[str]:
    for bond in kin.bonds:
        if member.id not in (bond.one, bond.other):
            continue
        is_first = bond.one == member.id
        name = kin.members[bond.other if is_first else bond.one].name
        if bond.kind in _HARMS:
            yield f"{_HARMS[bond.kind].capitalize()} {'of' if is_first else 'by'} {name} is recorded."
        elif bond.kind == TIE:
            yield f"{bond.label} of {name}." if is_first else f"{name} is recorded as: {bond.label.lower()}."
        else:
            yield f"{_BONDS[bond.kind].format(name=name)}."


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
