"""What a register says of a person, and no more: what to call them, and roughly how old they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sf_record.dates import ApproximateDate
from sf_record.kinds.person import Person

GROUPS = ((0, "under 1 year old"), (1, "1 to 4 years old"), (5, "5 to 11 years old"), (12, "12 to 17 years old"))
ADULT_AT = 18
UNKNOWN = "age not known"


def age_group(person: Person, on: date) -> str:
    """Return the group of ages that a person is in: a register needs no date of birth."""
    if person.role == "parent_to_be":
        return "parent-to-be"
    if person.role == "unborn" and not person.born_on:
        return "not yet born"
    try:
        born = ApproximateDate.read(person.born_on or "").earliest
    except ValueError:
        return UNKNOWN if person.is_child else "adult"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if years >= ADULT_AT:
        return "adult"
    return next((words for least, words in reversed(GROUPS) if years >= least), "not yet born")


def first_names(people: Mapping[str, Person], called: Mapping[str, str]) -> dict[str, str]:
    """Return by what name each is called; where two are called alike, with the first letter of the family name."""
    names = {id_: called.get(id_) or each.known_as or each.given_name or each.name for id_, each in people.items()}
    alike = Counter(name.casefold() for name in names.values())
    return {
        id_: f"{name} {people[id_].family_name[:1]}".strip() if alike[name.casefold()] > 1 else name
        for id_, name in names.items()
    }
