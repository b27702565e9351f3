"""The paper of any record, from its kind's description: the same words that are read on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sf_desktop.ops.as_text import NOT_SAID
from sf_desktop.ops.household.people import Named, named, people_of
from sf_desktop.ops.moments import paper_moment
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.in_words import Part, answer_in_words, ended_words, parts_in_words
from sf_desktop.ops.reading.linked import Linked, linked_records
from sf_desktop.ops.writing import found
from sf_desktop.papers.paper import Mark, Paper, Section
from sf_desktop.store.tables import drafts, records
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.wording import error
from sf_record import body as bodies
from sf_record.codes import CodeSets
from sf_record.configuration import WorkerName
from sf_record.description import Kind
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.rules import sameness
from sf_record.rules.permissions import hidden_fields


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is needed to say a record of a family file in words."""

    codes: CodeSets
    people: tuple[Named, ...]
    workers: tuple[WorkerName, ...]
    records: Mapping[str, tuple[Linked, ...]]
    configured: Mapping[str, tuple[tuple[str, str], ...]]


def surroundings(office: Office, family_id: str, kind: str) -> Surroundings:
    """Return them for a record of this kind."""
    return Surroundings(
        office.codes,
        named(people_of(office, family_id), by_record=kind == sameness.KIND),
        office.configuration.workers,
        linked_records(office, family_id, kind),
        office.configuration.lists(office.today()),
    )


def record_paper(office: Office, family_id: str, about: str) -> Paper:
    """Return the paper of a record, or of a draft that has no record yet; InputError where it is not here."""
    draft = drafts.get(office.connection, about)
    if records.get(office.connection, about) is None and draft is not None and draft.kind in KINDS:
        return _of_draft(office, draft)
    record = found(office, about)
    kind = KINDS.get(record.kind)
    if kind is None or record.family_id != family_id:
        raise error("record_gone")
    around = surroundings(office, family_id, record.kind)
    return Paper(
        title=kind.label,
        heading=str(bodies.read(record.kind, record.body).title()),
        under=(family_name(office, family_id), *standing_words(office, record, kind)),
        marks=tuple(marks_of(office, record, kind, around)),
        sections=(
            *sections_of(kind, parts_in_words(kind, record.body, around, hidden=not_said(office, kind))),
            *amendments_of(office, record),
        ),
        is_draft=kind.is_signable and record.signed is None,
        family_id=family_id,
        record_id=record.id,
    )


def family_name(office: Office, family_id: str) -> str:
    """Return what a family file is called; InputError ``family_gone`` where it is not here."""
    family = records.get(office.connection, family_id)
    if family is None:
        raise error("family_gone")
    return str(family.body.get("name") or "")


def _of_draft(office: Office, draft: Draft) -> Paper:
    kind = KINDS[draft.kind]
    around = surroundings(office, draft.family_id, draft.kind)
    return Paper(
        title=kind.label,
        heading=kind.label,
        under=(family_name(office, draft.family_id), f"As it stood {paper_moment(draft.saved_at)}"),
        sections=sections_of(kind, parts_in_words(kind, draft.body, around, hidden=not_said(office, kind))),
        is_draft=True,
        family_id=draft.family_id,
        record_id=draft.id,
    )


def not_said(office: Office, kind: Kind) -> frozenset[str]:
    return NOT_SAID | hidden_fields(office.me.worker, kind.name)


def standing_words(office: Office, record: Record, kind: Kind) -> tuple[str, ...]:
    by = office.configuration.worker_name
    happened = record.body.get(kind.happened) if kind.happened else None
    lines = []
    if isinstance(happened, str):
        lines.append(paper_moment(happened))
    lines.append(f"Written by {by(record.author_id)}, {paper_moment(record.written_at)}")
    if record.signed is not None:
        lines.append(f"Signed by {by(record.signed.by)}, {paper_moment(record.signed.at)}")
    return tuple(lines)


def marks_of(office: Office, record: Record, kind: Kind, around: Surroundings) -> list[Mark]:
    by = office.configuration.worker_name
    marks = []
    if record.in_error is not None:
        told = f"{record.in_error.reason} ({by(record.in_error.by)}, {paper_moment(record.in_error.at)})"
        ended, after = ended_words(kind.name)
        marks.append(Mark(ended, f"{told}. {after}", "danger"))
    hidden = hidden_fields(office.me.worker, kind.name)
    for each in record.conflicts:
        if each.field in hidden:
            continue
        field = kind.by_name.get(each.field)
        label = field.label if field else each.field
        mine = answer_in_words(field, each.mine, around) or "nothing"
        marks.append(
            Mark(
                f"Two people changed one thing: {label}",
                f"{by(each.their_by)} wrote what stands below; {by(each.by)} wrote “{mine}”. It is not settled yet.",
            )
        )
    return marks


def sections_of(kind: Kind, parts: Sequence[Part]) -> tuple[Section, ...]:
    """Return a record's answers as the sections of a paper, those without an answer left out."""
    said = tuple(
        Section(each.label, lines=tuple((line.label, line.text) for line in each.lines)) for each in parts if each.lines
    )
    return said or (Section(empty=f"Nothing has been written in this {kind.label.lower()}."),)


def amendments_of(office: Office, record: Record) -> tuple[Section, ...]:
    by = office.configuration.worker_name
    return tuple(
        Section("Added after signing", lines=((f"{by(each.by)}, {paper_moment(each.at)}", each.text),))
        for each in record.amendments
    )
