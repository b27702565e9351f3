"""Any kind of record: begin one, check it, sign or save it, and list those of a family file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.ops.writing import found
from sf_desktop.store.tables import attachments, drafts, records
from sf_desktop.store.tables.drafts import Draft
from sf_record import body as bodies
from sf_record.errors import FieldProblem
from sf_record.kinds import KINDS
from sf_record.record import Record

ANSWERED = "answered_on"  # the day on which somebody was answered


@dataclass(frozen=True, slots=True)
class Listed:
    """One record as a list shows it. `happened_at` is the text of its day or moment."""

    id: str
    kind: str
    title: str
    summary: str
    happened_at: str
    is_signed: bool
    is_waiting: bool
    author: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """The records of some kinds in one family file, newest first, and the drafts of such."""

    rows: tuple[Listed, ...]
    drafts: tuple[Draft, ...]
    today: date
    names: Mapping[str, str]  # of the family's people, by id
    lists: Mapping[str, tuple[tuple[str, str], ...]]  # the council's own, as (code, label)

    def named(self, ids: Sequence[str]) -> str:
        """Say who is meant, in this order."""
        return ", ".join(self.names[each] for each in ids if each in self.names)


def start(office: Office, kind: str, family_id: str, body: dict[str, Any] | None = None) -> Draft:
    """Begin a record of any kind: now and of the only child, unless the body says otherwise."""
    described = KINDS[kind]
    first: dict[str, Any] = {}
    if described.happened:
        is_moment = described.by_name[described.happened].shape.value == "moment"
        first[described.happened] = office.now() if is_moment else office.today().isoformat()
    return drafting.begin(office, kind, family_id, _only_child(office, kind, family_id) | first | (body or {}))


def _only_child(office: Office, kind: str, family_id: str) -> dict[str, Any]:
    """Return the answer to which child a record is about, where there is one child and nothing to choose."""
    asked = [each.name for each in KINDS[kind].fields if each.is_a_child and each.is_required and not each.is_list]
    children = [each.id for each in people_of(office, family_id) if each.is_child and not each.has_died]
    return dict.fromkeys(asked, children[0]) if asked and len(children) == 1 else {}


def start_answer(office: Office, record_id: str) -> Draft:
    """Begin to record what came of something, at its answer, as of today; go on where that was begun before."""
    record = found(office, record_id)
    begun = drafts.of_record(office.connection, record_id, (record.kind,))
    if begun is not None and (
        begun.place or begun.body != begun.base or attachments.of_draft(office.connection, begun.id)
    ):
        return begun
    if begun is not None:
        drafts.delete(office.connection, begun.id)
    described = KINDS[record.kind]
    later = [field.name for group in described.groups if group.is_later for field in described.in_group(group.name)]
    first = {ANSWERED: office.today().isoformat()} if ANSWERED in later else {}
    return drafting.begin_on(office, record, record.body, first, later[0] if later else "")


@reads
def check(office: Office, draft_id: str) -> tuple[FieldProblem, ...]:
    """Return everything to mend before a draft can be signed."""
    return finishing.problems(office, draft_id, sign=True)


def sign(office: Office, draft_id: str) -> Done:
    """Sign a draft: it becomes the record."""
    return finishing.finish(office, draft_id, sign=True)


@reads
def listed(office: Office, family_id: str, kinds: Sequence[str]) -> Listing:
    """Return the records of these kinds, newest first, without those entered in error."""
    found = [each for each in records.of_family(office.connection, family_id, kinds) if each.in_error is None]
    waiting = records.waiting_ids(office.connection, family_id)
    begun = tuple(each for each in drafts.current(office.connection, family_id) if each.kind in kinds)
    return Listing(
        tuple(_row(office, each, is_waiting=each.id in waiting) for each in reversed(found)),
        begun,
        office.today(),
        {each.id: each.name for each in people_of(office, family_id)},
        office.configuration.lists(office.today()),
    )


def _row(office: Office, record: Record, *, is_waiting: bool) -> Listed:
    described = KINDS[record.kind]
    read = bodies.read(record.kind, record.body)
    return Listed(
        id=record.id,
        kind=record.kind,
        title=str(read.title()),
        summary=str(read.summary()),
        happened_at=str(record.body.get(described.happened) or record.written_at),
        is_signed=record.signed is not None,
        is_waiting=is_waiting,
        author=office.configuration.worker_name(record.author_id),
        body=record.body,
    )
