"""The genogram and the ecomap of a family file, drawn from its people, relationships and connections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from sf_desktop.ops import looks
from sf_desktop.ops.household.people import is_current, statuses_now
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import records
from sf_desktop.wording import error
from sf_record import body as bodies
from sf_record.kinds.connection import Connection
from sf_record.kinds.person import Person
from sf_record.kinds.professional import Professional
from sf_record.kinds.relationship import Relationship
from sf_record.maps import ecomap, genogram
from sf_record.maps.kin import read_kin
from sf_record.maps.shapes import Picture

GENOGRAM, ECOMAP = "genogram", "ecomap"
TITLES = {GENOGRAM: "Family tree", ECOMAP: "Ecomap"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map of a family file. ``has_restricted``: somebody could be left out."""

    family_id: str
    name: str  # in GENOGRAM, ECOMAP
    picture: Picture
    has_restricted: bool
    is_empty: bool


@reads
def draw(office: Office, family_id: str, name: str, hide_restricted: bool = False) -> Drawn:
    """Draw a map of a family file; the look is noted. InputError ``family_gone`` where the file is not here."""
    drawn = drawing(office, family_id, name, hide_restricted=hide_restricted)
    looks.record(office, Look.FAMILY_OPENED, family_id)
    return drawn


def drawing(office: Office, family_id: str, name: str, *, hide_restricted: bool) -> Drawn:
    """Draw a map of a family file."""
    family = records.get(office.connection, family_id)
    if family is None:
        raise error("family_gone")
    today = office.today()
    people = _people(office, family_id)
    title = f"{TITLES.get(name, TITLES[GENOGRAM])}: {family.body.get('name') or 'a family'}"
    by = drawn_words(today, office.me.name)
    make = _ecomap if name == ECOMAP else _genogram
    picture, is_empty = make(office, family_id, people, (title, by), hide_restricted)
    return Drawn(family_id, name, picture, any(each.restriction for each in people.values()), is_empty)


def _people(office: Office, family_id: str) -> dict[str, Person]:
    found = records.of_family(office.connection, family_id, ("person",))
    return {each.id: cast("Person", bodies.read("person", each.body)) for each in found if each.in_error is None}


def _genogram(
    office: Office, family_id: str, people: dict[str, Person], words: tuple[str, str], hide_restricted: bool
) -> tuple[Picture, bool]:
    found = records.of_family(office.connection, family_id, ("relationship",))
    relations = [
        cast("Relationship", bodies.read("relationship", each.body)) for each in found if each.in_error is None
    ]
    index = _index(office, family_id, people)
    kin = read_kin(people, relations, office.today(), index=index, hide_restricted=hide_restricted)
    return genogram.draw(kin, *words), not kin.members


def _index(office: Office, family_id: str, people: dict[str, Person]) -> frozenset[str]:
    """Return whom the file is about: the children with a status today, or where none has one every child at home."""
    episodes = records.of_family(office.connection, family_id, ("status_episode",))
    with_status = {
        key for key in people if statuses_now(office, [each for each in episodes if each.body.get("person") == key])
    }
    children = {
        key for key, each in people.items() if each.is_child and each.lives_here is not False and not each.died_on
    }
    return frozenset(with_status or children)


def _ecomap(
    office: Office, family_id: str, people: dict[str, Person], words: tuple[str, str], hide_restricted: bool
) -> tuple[Picture, bool]:
    today = office.today()
    shown = {key: each for key, each in people.items() if not (hide_restricted and each.restriction)}
    home = [each.name for each in shown.values() if each.lives_here and not each.died_on]
    ties = [
        tie
        for record in records.of_family(office.connection, family_id, ("connection",))
        if record.in_error is None and is_current(record, today)
        for tie in _tie(record.id, cast("Connection", bodies.read("connection", record.body)), people, shown)
    ]
    ties += _professionals(office, family_id, ties, people, shown)
    return ecomap.draw(home, ties, *words), not ties


def _professionals(
    office: Office, family_id: str, ties: list[ecomap.Tie], people: dict[str, Person], shown: dict[str, Person]
) -> list[ecomap.Tie]:
    """Return those who work with the family today and are no connection yet: nobody is typed twice."""
    told = {each.connection.name.casefold() for each in ties}
    today = office.today().isoformat()
    found = []
    for record in records.of_family(office.connection, family_id, ("professional",)):
        each = cast("Professional", bodies.read("professional", record.body))
        hidden = [key for key in each.works_with if key in people and key not in shown]
        is_alone = bool(each.works_with) and len(hidden) == len(each.works_with)
        has_left = not each.is_open_on(today)
        if record.in_error is not None or has_left or is_alone or {each.name.casefold(), each.agency.casefold()} & told:
            continue
        whose = ", ".join(shown[key].name for key in each.works_with if key in shown)
        connection = Connection(name=each.agency or each.name, type="other")
        found.append(ecomap.Tie(record.id, connection, whose, f"{each.name}, {each.role}" if each.role else each.name))
    return found


def _tie(
    record_id: str, connection: Connection, people: dict[str, Person], shown: dict[str, Person]
) -> list[ecomap.Tie]:
    """Return the line of a connection; none where it is of somebody who is left out."""
    if connection.person in people and connection.person not in shown:
        return []
    whose = shown[connection.person].name if connection.person in shown else ""
    return [ecomap.Tie(record_id, connection, whose)]


def drawn_words(day: date, author: str) -> str:
    """Say when and by whom a map was drawn."""
    return f"Drawn {day.day} {day:%B %Y} by {author}"
