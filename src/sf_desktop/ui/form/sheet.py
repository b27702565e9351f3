"""Everything a form needs to be shown, asked for at once: the draft, the people, last time, the facts of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sf_desktop.ops import looks
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.household import people
from sf_desktop.ops.household.people import PersonView
from sf_desktop.ops.moments import local
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.reading.linked import Linked, linked_records
from sf_desktop.ops.sharing import agreements
from sf_desktop.ops.visiting import visits
from sf_desktop.ops.visiting.visits import LastTime
from sf_desktop.ops.worker.phrases import offered
from sf_desktop.store.tables import records
from sf_desktop.ui.form.context import Choosable, FormContext
from sf_desktop.ui.kit.writing.hunspell import FamilySpelling
from sf_record.codes import CodeSets
from sf_record.configuration import Configuration, Phrase
from sf_record.rules import sameness
from sf_record.wire.audit import Look


@dataclass(frozen=True, slots=True)
class Sheet:
    """One draft with its surroundings."""

    draft: Draft
    family_name: str
    address: str
    people: tuple[PersonView, ...]
    last_time: LastTime | None
    names: frozenset[str]
    codes: CodeSets
    today: date
    configuration: Configuration
    me_id: str
    linked: Mapping[str, tuple[Linked, ...]]
    phrases: tuple[Phrase, ...] = ()
    stopped: str = ""  # a code of ``outcomes.REASONS``: why the family's agreement does not allow this now

    def context(
        self, one_row_each: frozenset[str] = frozenset(), own_rows: Mapping[str, Any] | None = None
    ) -> FormContext:
        """The surroundings as the form takes them."""
        return FormContext(
            codes=self.codes,
            today=self.today,
            people=choosable(self.people, self.draft.kind),
            workers=tuple(Choosable(each.id, each.name) for each in self.configuration.workers),
            records=nameable(self.linked),
            configured=self.configuration.lists(self.today),
            told_of={"activities": {each.code: each.about for each in self.configuration.activities}},
            spelling=FamilySpelling(self.names),
            kind=self.draft.kind,
            phrases=self.phrases,
            one_row_each=one_row_each,
            own_rows=own_rows or {},
        )


@reads
def open_sheet(office: Office, draft_id: str) -> Sheet:
    """Read a draft and what its form needs; InputError ``draft_gone`` where it is no more.

    A form shows who is in the family and what stands there already: wherever it was begun from, that is a look.
    """
    draft = drafting.get(office, draft_id)
    family = records.get(office.connection, draft.family_id)
    body = family.body if family is not None else {}
    if family is not None:
        looks.record(office, Look.FAMILY_OPENED, draft.family_id)
    return Sheet(
        draft=draft,
        family_name=str(body.get("name") or "A family"),
        address=", ".join(str(body[name]) for name in ("address", "postcode") if body.get(name)),
        people=people.people(office, draft.family_id),
        last_time=visits.last_time(office, draft.family_id),
        names=people.known_names(office.connection, draft.family_id),
        codes=office.codes,
        today=office.today(),
        configuration=office.configuration,
        me_id=office.me.worker.id,
        linked=linked_records(office, draft.family_id, draft.kind),
        phrases=offered(office, draft.kind),
        stopped=agreements.stopped(office, draft.family_id, draft.kind),
    )


def choosable(people_: tuple[PersonView, ...], kind: str = "") -> tuple[Choosable, ...]:
    """People as a form of this kind offers them; other records of those who were recorded twice come last.

    Everywhere but in a merge these are called as the person is: a merge is about the records. Two who would read
    alike are told apart by when their records were written.
    """
    alike = Counter((each.name, who(each)) for each in people_)
    first = tuple(
        Choosable(
            each.id, each.name, _who_among(each, alike), each.is_child and each.role != "unborn", each.role == "unborn"
        )
        for each in people_
    )  # fmt: skip
    others = []
    for each, view in zip(first, people_, strict=True):
        called = view.also_called if kind == sameness.KIND else (view.name,) * len(view.also)
        for key, name in zip(view.also, called, strict=True):
            others.append(replace(each, id=key, name=name, who="other record of the same person", read_with=each.id))
    return (*first, *others)


def _who_among(person: PersonView, alike: Mapping[tuple[str, str], int]) -> str:
    at = local(person.written_at) if alike[person.name, who(person)] > 1 else None
    written = f"written {at.day} {at:%b} {at.year}, {at:%H:%M}" if at is not None else ""
    return ", ".join(part for part in (who(person), written) if part)


def nameable(linked: Mapping[str, tuple[Linked, ...]]) -> dict[str, tuple[Choosable, ...]]:
    """Records that others name, as a form offers them."""
    return {kind: tuple(Choosable(each.id, each.name) for each in found) for kind, found in linked.items()}


def who(person: PersonView) -> str:
    """Who a person is, in a few words that tell them apart: child, 4 years; mother."""
    if person.is_child:
        years, more, _months = person.age.partition(" years ")
        age = f"{years} years" if more else person.age
        return ", ".join(part for part in (person.role_words.lower(), age) if part)
    relation = person.relations[0].split(" of ")[0] if person.relations else person.role_words
    return relation.lower()
