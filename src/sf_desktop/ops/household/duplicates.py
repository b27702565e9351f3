"""Says whom on this laptop a person may be, before they are recorded twice: by name, sound, day of birth, address."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, cast

from sf_desktop.ops import looks
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import families, records
from sf_record import body as bodies
from sf_record.body import Body
from sf_record.kinds.person import Person
from sf_record.record import Record
from sf_record.rules import sameness
from sf_record.text.identifiers import compact
from sf_record.text.sounds import plain, sound

MOST = 5
FILES = 50  # looked through in one go: some ten milliseconds
LIKELY = 50
ALIKE_IN_ONE_FAMILY = 90
NEARLY = 80.0  # of a hundred: names that differ by a letter or two
_UNLIKE = -45
_COMPARED = ("given_name", "known_as", "family_name", "born_on", "nhs_number", "upn")


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody who may be the same person, in which family file, and why."""

    id: str
    name: str
    born_on: str
    family_id: str
    family_name: str
    is_here: bool  # in the family file that is written in
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """Two records of one family file that may be of one person, as each is called, and why."""

    names: tuple[str, str]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a person is compared."""

    given: frozenset[str]
    family: str
    whole: str
    born: str
    places: frozenset[str]
    nhs_number: str
    upn: str


@dataclass(frozen=True, slots=True)
class Looking:
    """Whom a person may be, looked for some family files at a time, so that nobody's save waits for all of them.

    ``ahead``: the files that are still to be looked through; None before it was begun.
    """

    family_id: str
    body: Mapping[str, Any]
    person_id: str = ""
    ahead: tuple[str, ...] | None = None
    weighed: tuple[tuple[int, Alike], ...] = ()  # the likeliest so far
    at_once: int = FILES

    @property
    def is_done(self) -> bool:
        return self.ahead == ()

    @property
    def found(self) -> tuple[Alike, ...]:
        """Whom the person may be, the likeliest first."""
        return tuple(each for _, each in self.weighed)


def twice_in(office: Office, family_id: str, among: Collection[str]) -> tuple[Twice, ...]:
    """Return who of these people of one family file may be there twice.

    Within a family a name that is only alike proves little: then the day of birth or a number must be the same too. Two
    whom a supervisor took apart are two.
    """
    found = records.of_family(office.connection, family_id, ("family", "person", sameness.KIND))
    file = next((each.body for each in found if each.kind == "family"), {})
    known_as_two = {
        frozenset((each.body.get("duplicate"), each.body.get("kept")))
        for each in found
        if each.kind == sameness.KIND and each.in_error is not None
    }
    people = [(each, _traits(file, each.body)) for each in found if each.id in among]
    return tuple(
        Twice((_called(one), _called(other)), why)
        for (one, mine), (other, theirs) in combinations(people, 2)
        if frozenset((one.id, other.id)) not in known_as_two and (why := _why_one(mine, theirs, other))
    )


def _why_one(mine: _Traits, theirs: _Traits, other: Record) -> tuple[str, ...]:
    weighed = tuple(_weighed(mine, theirs, other.family_id, other))
    weight = sum(each for each, _ in weighed)
    is_likely = weight >= (LIKELY if mine.whole and mine.whole == theirs.whole else ALIKE_IN_ONE_FAMILY)
    return tuple(words for each, words in weighed if each > 0) if is_likely else ()


@reads
def look_on(office: Office, looking: Looking) -> Looking:
    """Look through the next family files, only such as the worker may see; ask again until it is done.

    Nobody is kept from saving. Whose names were shown is noted as after a search, never what was typed.
    """
    home = records.get(office.connection, looking.family_id)
    wanted = _traits(home.body if home is not None else {}, looking.body)
    if not (wanted.whole or wanted.nhs_number or wanted.upn):
        return replace(looking, ahead=())
    ahead = tuple(families.standings(office.connection)) if looking.ahead is None else looking.ahead
    here = [each for each in families.some(office.connection, ahead[: looking.at_once]).values() if not each.released]
    weighed = [*looking.weighed]
    for each in here:
        weighed += _weighed_in(office, each.family_id, wanted, looking)
    likely = tuple(sorted(weighed, key=lambda pair: (-pair[0], pair[1].name, pair[1].id))[:MOST])
    looked = replace(looking, ahead=ahead[looking.at_once :], weighed=likely)
    shown = dict.fromkeys(each.family_id for each in looked.found)
    if looked.is_done and shown:
        looks.record(office, Look.SEARCHED, code=str(len(shown)), ids=shown)
    return looked


def _weighed_in(office: Office, family_id: str, wanted: _Traits, looking: Looking) -> Iterator[tuple[int, Alike]]:
    found = records.of_family(office.connection, family_id, ("family", "person"))
    file = next((each.body for each in found if each.kind == "family"), {})
    for record in found:
        if record.kind != "person" or record.in_error is not None or record.id == looking.person_id:
            continue
        weighed = tuple(_weighed(wanted, _traits(file, record.body), looking.family_id, record))
        weight = sum(each for each, _ in weighed)
        if weight >= LIKELY:
            why = tuple(words for each, words in weighed if each > 0)
            yield weight, _alike(record, looking.family_id, str(file.get("name") or ""), why)


def _alike(record: Record, family_id: str, family_name: str, why: tuple[str, ...]) -> Alike:
    born_on = str(record.body.get("born_on") or "")
    is_here = record.family_id == family_id
    return Alike(record.id, _called(record), born_on, record.family_id, family_name, is_here, why)


def _called(record: Record) -> str:
    person = cast("Person", bodies.read("person", record.body))
    is_called_otherwise = person.known_as and person.given_name and person.known_as != person.given_name
    return f"{person.name} ({person.given_name})" if is_called_otherwise else person.name


def _traits(file: Body, body: Body) -> _Traits:
    """Read them as they were written, also half typed: whole people are read of the few who are alike."""
    said = {name: str(body.get(name) or "") for name in _COMPARED}
    places = [(str(each.get("address") or ""), str(each.get("postcode") or "")) for each in body.get("addresses") or ()]
    if body.get("lives_here"):
        places.append((str(file.get("address") or ""), str(file.get("postcode") or "")))
    given = frozenset(plain(each) for each in (said["given_name"], said["known_as"]) if each)
    whole = plain(f"{said['given_name'] or said['known_as']} {said['family_name']}").strip()
    return _Traits(
        given, plain(said["family_name"]), whole if given else "", said["born_on"],
        frozenset(filter(None, (_place(*each) for each in places))),
        compact(said["nhs_number"]), compact(said["upn"]),
    )  # fmt: skip


def _place(address: str, postcode: str) -> str:
    """House and postcode: what two ways of writing an address have in common."""
    house = plain(address).split(" ")[0].strip(",.")
    return f"{house} {compact(postcode)}" if house and postcode else ""


def _weighed(mine: _Traits, theirs: _Traits, family_id: str, record: Record) -> Iterator[tuple[int, str]]:
    """Yield what speaks for and against two being one, and how much."""
    if mine.nhs_number and mine.nhs_number == theirs.nhs_number:
        yield 100, "the same NHS number"
    if mine.upn and mine.upn == theirs.upn:
        yield 100, "the same UPN"
    yield _names(mine, theirs)
    yield _days(mine.born, theirs.born)
    if record.family_id != family_id and mine.places & theirs.places:
        yield 15, "the same address"


def _names(mine: _Traits, theirs: _Traits) -> tuple[int, str]:
    from rapidfuzz import fuzz

    if not (mine.whole and theirs.whole):
        return 0, ""
    if mine.whole == theirs.whole:
        return 50, "the same name"
    # Each by itself: a long family name in common would make every brother and sister nearly the same.
    given = max(fuzz.ratio(one, other) for one in mine.given for other in theirs.given)
    if given >= NEARLY and fuzz.ratio(mine.family, theirs.family) >= NEARLY:
        return 50, "nearly the same name"
    sounds_alike = {sound(each) for each in mine.given} & {sound(each) for each in theirs.given}
    if sounds_alike and sound(mine.family) == sound(theirs.family):
        return 50, "a name that sounds the same"
    return (12, "a first name that sounds the same") if sounds_alike else (0, "")


def _days(mine: str, theirs: str) -> tuple[int, str]:
    """Compare days of birth; one that is not known is no difference."""
    if not mine or not theirs or mine.startswith(theirs) or theirs.startswith(mine):
        is_whole = len(mine) == len(theirs) == len("2019-04-03")
        return (40, "the same date of birth") if mine and is_whole else (0, "")
    if sorted(mine) == sorted(theirs) or sum(one != other for one, other in zip(mine, theirs, strict=False)) == 1:
        return 20, "nearly the same date of birth"
    return _UNLIKE, ""
