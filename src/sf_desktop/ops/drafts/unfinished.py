"""Everything that was begun and not finished, in every family file, oldest first; and what was thrown away lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sf_desktop.ops.drafts.adding import LABELS, label_of
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import drafts, records
from sf_desktop.store.tables.drafts import NEW_FILE, Draft
from sf_record import body as bodies
from sf_record.description import Field, Shape
from sf_record.kinds import KINDS

BEGINNING_CHARACTERS = 160
UNNAMED = "not named yet"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One draft as a list shows it. ``beginning``: its first words, to be recognised by."""

    draft: Draft
    label: str
    family: str
    beginning: str
    is_change: bool

    @property
    def is_thrown_away(self) -> bool:
        return self.draft.discarded_at is not None


@dataclass(frozen=True, slots=True)
class UnfinishedSheet:
    """What was begun, oldest first, and what was thrown away and can still be taken back, the latest first."""

    begun: tuple[Unfinished, ...]
    thrown_away: tuple[Unfinished, ...]


@reads
def unfinished(office: Office) -> UnfinishedSheet:
    """Return both."""
    begun = sorted(drafts.current(office.connection), key=lambda each: (each.started_at, each.id))
    gone = drafts.discarded(office.connection)
    names = records.get_many(office.connection, tuple({each.family_id for each in (*begun, *gone)}))
    families = {key: str(each.body.get("name") or "") for key, each in names.items()}
    return UnfinishedSheet(
        tuple(_unfinished(each, families) for each in begun), tuple(_unfinished(each, families) for each in gone)
    )


def new_file_called(draft: Draft) -> str:
    """Return what the file will be called, as far as it is written."""
    return str(draft.body.get("family", {}).get("name") or "") or UNNAMED


def new_file_in_words(office: Office, draft: Draft) -> str:
    """Return all that is written so far in the form of a new family file, an answer to a line; empty for none."""
    lines = [
        f"{field.label}: {_answer(office, field, value)}"
        for name, written in draft.body.items()
        for field in (KINDS[name].fields if name in KINDS else ())
        if (value := written.get(field.name)) not in (None, "", [])
    ]
    return "\n".join((f"{label_of(draft)}, begun and not saved", *lines)) if lines else ""


def _answer(office: Office, field: Field, value: Any) -> str:
    if field.shape is Shape.WORKER:
        return office.configuration.worker_name(str(value))
    if field.shape is Shape.YES_NO:
        return "Yes" if value else "No"
    if field.shape is Shape.CODE and field.code_set in office.codes:
        return office.codes[field.code_set].label(str(value))
    return dict(field.choices).get(value, str(value)) if field.shape is Shape.CODE else str(value)


def _unfinished(draft: Draft, families: dict[str, str]) -> Unfinished:
    if draft.kind == NEW_FILE:
        return Unfinished(
            draft, label_of(draft), new_file_called(draft), _in_short(_of_new_file(draft)), is_change=False
        )
    family = families.get(draft.family_id, "A family file that is not here")
    is_change = draft.record_id is not None and draft.kind not in LABELS
    return Unfinished(draft, label_of(draft), family, _beginning(draft), is_change)


def _written(draft: Draft) -> list[str]:
    """Return what was typed into the fields that no search looks through."""
    kind = KINDS.get(draft.kind)
    fields = kind.fields if kind is not None else ()
    return [str(draft.body.get(each.name) or "") for each in fields if each.shape in (Shape.TEXT, Shape.PROSE)]


def _beginning(draft: Draft) -> str:
    text = str(draft.body.get("text") or "") if draft.kind in LABELS else bodies.search_text(draft.kind, draft.body)
    return _in_short(text or "\n".join(_written(draft)))


def _of_new_file(draft: Draft) -> str:
    family, person = draft.body.get("family", {}), draft.body.get("person", {})
    name = " ".join(str(person[each]) for each in ("given_name", "family_name") if person.get(each))
    return "\n".join((name, str(family.get("address") or "")))


def _in_short(text: str) -> str:
    words = " · ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return words if len(words) <= BEGINNING_CHARACTERS else words[:BEGINNING_CHARACTERS].rstrip() + "…"
