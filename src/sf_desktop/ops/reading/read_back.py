"""What is read back to a family of what was written: the words themselves, on the screen or in large print on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sf_desktop.ops.moments import paper_moment
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.in_words import Around, answer_in_words
from sf_desktop.ops.reading.record_paper import surroundings
from sf_desktop.ops.writing import found
from sf_desktop.papers.paper import Paper, Section
from sf_desktop.store.tables import drafts, records
from sf_desktop.wording import error
from sf_record.kinds import KINDS
from sf_record.record import Record

# Which fields, as one would say it to them. Never a worry, nothing of a special category: others may be listening.
READ: Mapping[str, Mapping[str, str]] = {
    "note": {"text": ""},
    "visit": {
        "observed": "What I saw and heard",
        "voice": "In the children’s own words",
        "strengths": "What is working well",
        "agreed": "What we agreed",
        "next_visit_on": "Next visit",
        "next_visit_for": "What for",
    },
}
Passage = tuple[str, str]  # what it answers (empty where it stands alone), and the words


def passages(kind_name: str, body: Mapping[str, Any], around: Around) -> tuple[Passage, ...]:
    """Return what is read back of a body; nothing for a kind that is not read back, or where nothing is written."""
    kind = KINDS.get(kind_name)
    if kind is None:
        return ()
    said = (
        (label, answer_in_words(kind.by_name[name], body.get(name), around))
        for name, label in READ.get(kind_name, {}).items()
    )
    return tuple((label, words) for label, words in said if words.strip())


def added(record: Record) -> tuple[Passage, ...]:
    """Return what was added to a signed record."""
    return tuple(("Added afterwards", each.text) for each in record.amendments)


def plain(read: tuple[Passage, ...]) -> str:
    """Return passages as one text."""
    return "\n\n".join(f"{label}\n{words}" if label else words for label, words in read)


def read_back_paper(office: Office, family_id: str, about: str) -> Paper:
    """Return the same for a family to take away; ``about`` is a record or a draft. InputError where it is not here."""
    draft = drafts.get(office.connection, about) if records.get(office.connection, about) is None else None
    if draft is not None:
        kind_name, by, when = draft.kind, office.me.worker.id, draft.saved_at
        body: Mapping[str, Any] = draft.body
        more: tuple[Passage, ...] = ()
    else:
        record = found(office, about)
        kind_name, by, when = record.kind, record.author_id, record.written_at
        body, more = record.body, added(record)
        if record.in_error is not None:
            raise error("in_error")
    around = surroundings(office, family_id, kind_name)
    read = (*passages(kind_name, body, around), *more)
    is_signed = draft is None and found(office, about).signed is not None
    return Paper(
        title="What was written",
        heading="What was written",
        under=(f"{office.configuration.worker_name(by)}, {paper_moment(_happened(kind_name, body) or when)}",),
        sections=tuple(Section(label, text=words) for label, words in read) or (Section(empty="Nothing yet."),),
        is_draft=not is_signed,
        is_for_family=True,
        family_id=family_id,
        record_id=about,
    )


def _happened(kind_name: str, body: Mapping[str, Any]) -> str:
    kind = KINDS.get(kind_name)
    return str(body.get(kind.happened) or "") if kind is not None and kind.happened else ""
