"""Says the people of a family file in words: who lives together, who elsewhere, who may have contact and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from sf_desktop.ops.household.duplicates import Twice
from sf_desktop.ops.household.people import PersonView, StatusNow
from sf_desktop.ui.kit.text.statuses import date_words, status_tone, status_words

Tags = tuple[tuple[str, str], ...]
NONE: Mapping[str, str] = MappingProxyType({})
READ_TOGETHER = "Recorded twice: what the other record says is read here too."
ONE_PERSON = "Two records are of one person"
NO_REASON = "Why this is so about contact is not recorded yet."


@dataclass(frozen=True, slots=True)
class PersonWords:
    """One person in words."""

    id: str
    name: str
    about: str
    tags: Tags = ()
    lines: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # other records of the same person
    merges: tuple[str, ...] = ()  # and what may be taken apart


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Those who belong together."""

    label: str
    people: tuple[PersonWords, ...]


def groups(people: Iterable[PersonView], merges: Mapping[str, str] = NONE) -> tuple[GroupWords, ...]:
    """Say everybody: who lives together, then children elsewhere, then all others; groups of nobody are left out.

    ``merges`` are those that may be taken apart, by the other record.
    """
    found: dict[str, list[PersonWords]] = {"home": [], "children": [], "others": [], "gone": []}
    for each in people:
        parting = tuple(merges[other] for other in each.also if other in merges)
        found[_group(each)].append(replace(person(each), merges=parting))
    labels = {
        "home": "Living together in this household",
        "children": "Brothers, sisters and children elsewhere",
        "others": "Relatives and others",
        "gone": "Those who have died",
    }
    return tuple(GroupWords(labels[name], tuple(those)) for name, those in found.items() if those)


def twice_words(twice: Sequence[Twice], *, may_merge: bool) -> tuple[str, str]:
    """Say who may be there twice, what to do about it, and what if they are two: (heading, advice)."""
    told = ". ".join(f"{_both(each)}: {' and '.join(each.why)}" for each in twice)
    if may_merge:
        way = f"If it is one person, press “{ONE_PERSON}” further down."
    else:
        way = (
            "If it is one person, ask your supervisor to say so: they open this file and press"
            f" “{ONE_PERSON}” under People."
        )
    rest = "Both records stay, read as one. If they are two people, do nothing."
    return "Somebody may be recorded twice", f"{told}. {way} {rest}"


def _both(twice: Twice) -> str:
    one, other = twice.names
    return f"Two records of {one}" if one == other else f"{one} and {other}"


def _group(each: PersonView) -> str:
    if each.has_died:
        return "gone"
    if each.lives_here:
        return "home"
    return "children" if each.is_child else "others"


def person(each: PersonView) -> PersonWords:
    """Say one person."""
    tags = [_status(status) for status in each.statuses]
    if each.has_parental_responsibility:
        tags.append(("Parental responsibility", "ok"))
    if each.restriction:
        tags.append((f"Contact: {each.restriction}", "danger"))
    if each.has_died:
        tags.append(("Has died", "neutral"))
    lives = "" if each.lives_here is None else "lives in this household" if each.lives_here else "lives elsewhere"
    about = " · ".join(part for part in (each.role_words, each.age, "" if each.has_died else lives) if part)
    return PersonWords(each.id, each.name, about, tuple(tags), _lines(each), each.also)


def _lines(each: PersonView) -> tuple[str, ...]:
    lines = ["; ".join(each.relations)] if each.relations else []
    if each.restriction:
        reason = f"Why: {each.restriction_reason}" if each.restriction_reason else NO_REASON
        review = f" Look at it again on {date_words(each.restriction_review_on)}." if each.restriction_review_on else ""
        lines.append(f"{reason.rstrip('.')}.{review}")
    if each.also:
        lines.append(READ_TOGETHER)
    return (*lines, *each.addresses)


def _status(status: StatusNow) -> tuple[str, str]:
    return status_words(status.label, status.category, status.since), status_tone(status.code)
