"""Invents who belongs to a family: the family file, its people, how they are related, and each child's status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from sf_record.kinds.allocation import Allocation
from sf_record.kinds.connection import Connection
from sf_record.kinds.family import Family, FamilyWarning
from sf_record.kinds.person import Contact, Person
from sf_record.kinds.relationship import Relationship
from sf_record.kinds.status_episode import StatusEpisode
from sf_record.pretend import names, phrases
from sf_record.pretend.chance import Randomness
from sf_record.pretend.writer import Writer

YEARS_KNOWN = 2
OVERDUE, UNBORN, FOSTERED, WITH_WARNING, WITH_INTERPRETER = range(5)  # the first five family files of each worker
SEEN_DAYS_AGO = {"CP": 5, "CIN": 15, "CLA": 25, "": 20}  # within every limit
OVERDUE_DAYS_AGO = 21  # past ten working days, however the bank holidays lie


@dataclass(frozen=True, slots=True)
class Cast:
    """The workers of one family file: by whom it is held, and who supervises."""

    lead: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class Household:
    """What the history of a family is told about: record ids and names, and how long ago the last visit may be."""

    family_name: str
    cast: Cast
    adults: tuple[str, ...]  # ids of people
    children: tuple[str, ...]
    adult_names: tuple[str, ...]
    child_names: tuple[str, ...]
    status: str
    is_fostered: bool
    last_seen_days_ago: int
    status_child: str | None = None  # whose status it is, and since when
    status_since: date | None = None


class Builder:
    """Writes one household, step by step, from the day the family became known."""

    def __init__(self, randomness: Randomness, writer: Writer, cast: Cast, surname: str, today: date) -> None:
        self._random = randomness
        self._writer = writer
        self._cast = cast
        self._surname = f"Pretend-{surname}"
        self._name = f"Pretend family {surname}"
        self._today = today
        self._known_on = today - timedelta(days=365 * YEARS_KNOWN - randomness.randrange(0, 60))
        self._at = datetime.combine(self._known_on, time(9), UTC)
        self._given = randomness.sample(names.GIVEN_NAMES, 12)
        self._people: dict[str, Person] = {}

    def build(self, family_id: str, number: int, trait: int) -> Household:
        """Write the household; ``trait`` says which of the five it is, any other number: like most."""
        self._create_family(family_id, number, trait)
        mother = self._person(self._adult("parent_to_be" if trait == UNBORN else "parent", "F"))
        fathers = self._fathers(trait)
        children = self._children(trait)
        self._relate(mother, fathers, children)
        carers = self._foster(children[0]) if trait == FOSTERED else ()
        if self._random.random() < 0.6:
            gran = self._person(self._adult("other", "F", years=58, lives_here=False))
            self._related(gran, "grandparent", children[0])
        self._allocate()
        status, since = self._status(trait, children[0])
        self._connect(children[0])
        adults = (mother, *fathers, *carers)
        born = tuple(child for child in children if self._people[child].role == "child")
        return Household(
            family_name=self._name,
            cast=self._cast,
            adults=adults,
            children=born,
            adult_names=tuple(self._people[each].given_name for each in adults),
            child_names=tuple(self._people[each].given_name for each in born) or ("the baby",),
            status=status,
            is_fostered=trait == FOSTERED,
            last_seen_days_ago=OVERDUE_DAYS_AGO if trait == OVERDUE else SEEN_DAYS_AGO[status],
            status_child=children[0] if status else None,
            status_since=since,
        )

    def _next_at(self) -> datetime:
        self._at += timedelta(minutes=self._random.randrange(1, 4))
        return self._at

    def _create_family(self, family_id: str, number: int, trait: int) -> None:
        address, postcode = names.address(self._random, number)
        warned = trait in {OVERDUE, WITH_WARNING} or self._random.random() < 0.15
        text, reason = phrases.WARNINGS[0] if trait == WITH_WARNING else self._random.choice(phrases.WARNINGS)
        review_on = (self._today + timedelta(days=self._random.randrange(20, 120))).isoformat()
        language = "" if trait != WITH_INTERPRETER else "Polish interpreter, booked through the language line"
        family = Family(
            name=self._name,
            address=address,
            postcode=postcode,
            area=self._random.choice(names.AREAS),
            interpreter=language,
            warnings=(FamilyWarning(text=text, reason=reason, review_on=review_on),) if warned else (),
        )
        self._writer.create(family, self._cast.supervisor, self._next_at(), record_id=family_id)

    def _person(self, person: Person) -> str:
        person_id = self._writer.create(person, self._cast.supervisor, self._next_at())
        self._people[person_id] = person
        return person_id

    def _adult(self, role: str, sex: str, *, years: int = 0, lives_here: bool = True) -> Person:
        born = self._today.year - (years or self._random.randrange(24, 46))
        contacts = [Contact(way="mobile", value=names.mobile(self._random))]
        if self._random.random() < 0.2:
            contacts.append(Contact(way="phone", value=names.landline(self._random), note="Evenings"))
        return Person(
            role=role,
            given_name=self._given.pop(),
            family_name=self._surname if lives_here else f"Pretend-{self._random.choice(names.FAMILY_NAMES)}",
            born_on=f"{born}-{self._random.randrange(1, 13):02}",
            sex=sex,
            lives_here=lives_here,
            contacts=tuple(contacts),
            language=self._random.choice(names.LANGUAGES),
        )

    def _fathers(self, trait: int) -> tuple[str, ...]:
        second = trait == OVERDUE or self._random.random() < 0.2
        first = self._adult("parent", "M", lives_here=not second)
        if trait == OVERDUE:
            first = replace(first, restriction="No unsupervised contact with the children")
        fathers = [self._person(first)] if second or self._random.random() < 0.6 else []
        if second:
            fathers.append(self._person(self._adult("parent", "M")))
        return tuple(fathers)

    def _children(self, trait: int) -> tuple[str, ...]:
        if trait == UNBORN:
            due = self._today + timedelta(days=self._random.randrange(30, 100))
            unborn = Person(
                role="unborn", family_name=self._surname, expected_on=due.isoformat(), sex="U", lives_here=True
            )
            return (self._person(self._child(lives_here=True)), self._person(unborn))
        count = 2 if trait == OVERDUE else self._random.choice((1, 1, 1, 2, 2, 3))
        return tuple(self._person(self._child(lives_here=trait != FOSTERED)) for _ in range(count))

    def _child(self, *, lives_here: bool) -> Person:
        born = self._today - timedelta(days=self._random.randrange(900, 5_500))
        chance = self._random.random()
        given = self._given.pop()
        return Person(
            role="child",
            given_name=given,
            family_name=self._surname,
            known_as=self._random.choice(names.GIVEN_NAMES) if chance < 0.05 else "",
            born_on=born.isoformat(),
            sex=self._random.choice("FM"),
            lives_here=lives_here,
            language="English",
            ethnicity=self._random.choice(("WBRI", "WOTH", "MWBC", "APKN", "BAFR", "NOBT")),
            disability=("LD",) if chance > 0.94 else ("NONE",),
            needs="Wears glasses for reading." if 0.1 < chance < 0.2 else "",
        )

    def _relate(self, mother: str, fathers: Sequence[str], children: Sequence[str]) -> None:
        for place, child in enumerate(children):
            born = self._people[child].role == "child"
            self._related(mother, "mother", child, has_responsibility=born or None)
            if fathers:
                father = fathers[min(place, len(fathers) - 1)]
                self._related(father, "father", child, has_responsibility=place == 0 if born else None)
        for one, other in pairwise(children):
            self._related(one, "half_sibling" if len(fathers) > 1 else "sibling", other)

    def _related(self, person: str, how: str, other: str, *, has_responsibility: bool | None = None) -> None:
        relation = Relationship(
            person=person, type=how, to_person=other, has_parental_responsibility=has_responsibility
        )
        self._writer.create(relation, self._cast.supervisor, self._next_at())

    def _foster(self, child: str) -> tuple[str, ...]:
        address, postcode = names.address(self._random, self._random.randrange(1, 90))
        carer = self._adult("carer", "F", years=51, lives_here=False)
        placement = Contact(way="address", value=f"{address}, {postcode}", note="Foster placement")
        carer_id = self._person(replace(carer, contacts=(*carer.contacts, placement)))
        self._related(carer_id, "foster_carer", child)
        return (carer_id,)

    def _allocate(self) -> None:
        began = self._known_on.isoformat()
        lead = Allocation(worker=self._cast.lead, role="lead", began_on=began)
        self._writer.create(lead, self._cast.supervisor, self._next_at())

    def _status(self, trait: int, child: str) -> tuple[str, date | None]:
        chosen = {OVERDUE: "CP", UNBORN: "CP", FOSTERED: "CLA", WITH_WARNING: "CIN"}.get(trait)
        status = self._random.choice(("CIN", "CIN", "CP", "CLA", "", "")) if chosen is None else chosen
        if not status:
            return "", None
        moved_on = self._known_on + timedelta(days=self._random.randrange(60, 200))
        if status != "CIN":
            self._episode(child, "CIN", self._known_on, ended_on=moved_on)
        since = self._known_on if status == "CIN" else moved_on
        self._episode(child, status, since)
        return status, since

    def _episode(self, child: str, status: str, began_on: date, ended_on: date | None = None) -> None:
        episode = StatusEpisode(
            person=child,
            status=status,
            began_on=began_on.isoformat(),
            ended_on=ended_on.isoformat() if ended_on else None,
            category=self._random.choice(("NEG", "EMO")) if status == "CP" else "",
            need=self._random.choice(("N1", "N4", "N5")) if status == "CIN" else "",
            legal_status=self._random.choice(("V2", "C1", "C2")) if status == "CLA" else "",
        )
        self._writer.create(episode, self._cast.supervisor, self._next_at())

    def _connect(self, child: str) -> None:
        """Write who and what the family is connected with, outside."""
        for connection in (
            Connection(name="Pretend primary school", type="school", strength="strong", direction="both", person=child),
            Connection(name="Pretend health visitor", type="health", strength="moderate", direction="to_family"),
            Connection(name="Pretend neighbours", type="friends", strength="stressful", direction="from_family"),
        ):
            self._writer.create(connection, self._cast.lead, self._next_at())
