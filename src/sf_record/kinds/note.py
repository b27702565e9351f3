"""A case note: a call, a letter, a conversation or a thought that belongs on the family file."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind

TYPES = (
    ("note", "Case note"),
    ("telephone", "Telephone call"),
    ("message", "Text or email"),
    ("letter", "Letter"),
    ("meeting", "Meeting"),
    ("supervision", "Case discussion"),
)


@kind(
    "note",
    "Note",
    "Notes",
    basis=Basis.PUBLIC_TASK,
    purpose="To know what happened and what was decided",
    happened="happened_at",
    is_signable=True,
    groups=(Group("note", "Note"),),
)
@dataclass(frozen=True, kw_only=True)
class Note:
    """A note. Signed by its author, then only amended."""

    type: str = described("Kind of note", Shape.CODE, group="note", choices=TYPES, is_required=True)
    happened_at: str | None = described("When", Shape.MOMENT, group="note", is_required=True)
    about: tuple[str, ...] = described("About", Shape.PEOPLE, group="note")
    subject: str = described("Subject", Shape.TEXT, group="note", is_searchable=True)
    text: str = described("Note", Shape.PROSE, group="note", is_required_to_sign=True, is_searchable=True)

    def title(self) -> str:
        """Return what a timeline shows."""
        return self.subject or dict(TYPES).get(self.type, "Note")

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.text
