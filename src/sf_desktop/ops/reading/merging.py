"""One person who was recorded twice: two records held beside one another, and read as one once a supervisor says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sf_desktop.ops import looks, writing
from sf_desktop.ops.drafts import adding
from sf_desktop.ops.household.duplicates import Twice, twice_in
from sf_desktop.ops.household.people import PersonView, name_of, people_of
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.ops.reading.in_words import answer_in_words
from sf_desktop.ops.reading.record_paper import Surroundings, surroundings
from sf_desktop.ops.sending.conflicts import undo
from sf_desktop.store.tables import outbox, records
from sf_desktop.wording import error
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.rules.permissions import hidden_fields
from sf_record.rules.sameness import KIND

NOTHING = "Not recorded"


@dataclass(frozen=True, slots=True)
class Together:
    """The people of a family file, and whether the worker may say that two records are of one."""

    people: tuple[PersonView, ...]
    may_merge: bool
    merges: Mapping[str, str] = field(default_factory=dict)  # by each record that is one too many: which merge says so
    twice: tuple[Twice, ...] = ()  # who may be there twice


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs, as either record has it."""

    label: str
    duplicate: str
    kept: str


@dataclass(frozen=True, slots=True)
class TakenApart:
    """A merge that is being taken apart: what both records are called, the reason as far as written, and its draft."""

    merge_id: str
    both: str
    draft_id: str
    written: str = ""


@reads
def people_together(office: Office, family_id: str) -> Together:
    """Return the people of a family file, each once."""
    may_merge = office.me.worker.role in KINDS[KIND].may_create
    people = people_of(office, family_id)
    twice = twice_in(office, family_id, {each.id for each in people})
    return Together(people, may_merge, _merges(office, family_id), twice)


def said(office: Office, merge: Record) -> str:
    """Say a merge in a line: both records as each is called, and how it is known that they are of one person."""
    return ": ".join(part for part in (_both(office, merge), str(merge.body.get("reason") or "")) if part)


@reads
def to_take_apart(office: Office, merge_id: str) -> TakenApart:
    """Return whom a merge is about, and what is being written about taking the two apart."""
    both = _both(office, writing.found(office, merge_id))
    for draft in adding.all_begun(office, merge_id):
        if draft.kind == adding.IN_ERROR:
            return TakenApart(merge_id, both, draft.id, str(draft.body.get("text") or ""))
    return TakenApart(merge_id, both, office.new_id())


def _both(office: Office, merge: Record) -> str:
    read = [records.get(office.connection, str(merge.body.get(each) or "")) for each in ("duplicate", "kept")]
    return " and ".join(name_of(each) for each in read if each is not None and each.kind == "person")


def read_as_one_again(office: Office, merge_id: str) -> Done:
    """Take back that two records were taken apart, while that has not left; InputError where it is too late."""
    last = outbox.latest_of(office.connection, merge_id)
    if last is None:
        raise error("undo_too_late")
    return undo(office, last)


def _merges(office: Office, family_id: str) -> dict[str, str]:
    standing = [each for each in records.of_family(office.connection, family_id, (KIND,)) if each.in_error is None]
    by_kept = {str(each.body.get("kept")): each.id for each in standing}  # of two that were merged either way round
    return by_kept | {str(each.body.get("duplicate")): each.id for each in standing}


@reads
def differences(office: Office, duplicate_id: str, kept_id: str) -> tuple[Difference, ...]:
    """Return what the two records say differently; none where one of them is not here or not a person's."""
    duplicate, kept = (records.get(office.connection, each) for each in (duplicate_id, kept_id))
    if duplicate is None or kept is None or duplicate.id == kept.id or {duplicate.kind, kept.kind} != {"person"}:
        return ()
    for each in (duplicate, kept):
        looks.record(office, Look.RECORD_OPENED, each.family_id, each.id)
    around = surroundings(office, kept.family_id, "person")
    hidden = hidden_fields(office.me.worker, "person")
    return tuple(_differences(duplicate, kept, around, hidden))


def _differences(duplicate: Record, kept: Record, around: Surroundings, hidden: frozenset[str]) -> Iterator[Difference]:
    for each in KINDS["person"].fields:
        if each.name in hidden:
            continue
        one, other = (answer_in_words(each, record.body.get(each.name), around) for record in (duplicate, kept))
        if one != other:
            yield Difference(each.label, one or NOTHING, other or NOTHING)
