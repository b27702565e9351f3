"""What is to stand on a paper: headings, sections and marks as plain words, and who takes which copy of it when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MARKING, PUBLIC_MARKING = "OFFICIAL-SENSITIVE", "OFFICIAL"
KEEPING = "Keep this paper with you or locked away; destroy it as confidential waste."
PUBLIC_KEEPING = "This paper is yours to keep."
FAMILY_KEEPING = "This copy is for the family it is about."


@dataclass(frozen=True, slots=True)
class Mark:
    """What must be seen first: a warning, or that this is not the whole truth. ``tone``: warning or danger."""

    lead: str
    text: str = ""
    tone: str = "warning"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns. ``widths``: how the width is shared among them; equally where none is given."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a paper, in the order in which its pieces stand: text, answers, a list, a table, lines to sign on.

    ``lines`` are (question, answer). ``to_sign``: who signs here, each on a line with a date. ``empty`` is said where
    there is nothing else.
    """

    heading: str = ""
    text: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    to_sign: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper before anybody takes a copy of it.

    ``template`` names a file of ``resources/papers``. ``title`` is what a reader of the file shows as its title, and
    never holds a name; ``heading`` stands on the paper and may. ``more`` is whatever else the template asks for;
    ``told`` says in words what it draws of that. ``family_id`` and ``record_id`` are for the audit.
    """

    title: str
    heading: str
    template: str = "sheet"
    under: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    sections: tuple[Section, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    is_draft: bool = False
    is_public: bool = False  # holds nothing of a family: whoever gets it may keep it
    is_landscape: bool = False
    is_for_family: bool = False  # they keep it: nothing on it says that it is to be destroyed
    family_id: str = ""
    record_id: str = ""

    @property
    def marking(self) -> str:
        """Return how it is marked: nothing of a family is less than sensitive."""
        return PUBLIC_MARKING if self.is_public else MARKING

    @property
    def keeping(self) -> str:
        """Return what to do with the paper once it is read."""
        if self.is_public:
            return PUBLIC_KEEPING
        return FAMILY_KEEPING if self.is_for_family else KEEPING

    def words(self) -> str:
        """Return everything that the paper says, as plain text: what a screen reader is given in place of pictures."""
        return "\n".join(self._said())

    def _said(self) -> Iterator[str]:
        yield self.heading
        yield from self.under
        for mark in self.marks:
            yield f"{mark.lead.rstrip('.')}. {mark.text}" if mark.text else mark.lead
        yield from self.told
        for section in self.sections:
            yield from ("", *_section_said(section))


def _section_said(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
    if section.text:
        yield section.text
    yield from (f"{question}: {answer}" for question, answer in section.lines)
    yield from (f"• {each}" for each in section.items)
    if section.table is not None:
        for row in section.table.rows:
            yield "; ".join(
                f"{column}: {each}" for column, each in zip(section.table.columns, row, strict=True) if each
            )
    yield from (f"To be signed by {each}" for each in section.to_sign)
    if section.empty and not (section.text or section.lines or section.items or section.table):
        yield section.empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Whose paper it is, who takes it and when. ``copy`` is the copy's number on this laptop; 0 is a preview."""

    council: str
    service: str
    printed_by: str
    printed_at: str  # as it stands on the paper, in words
    copy: int = 0
    is_large: bool = False

    @property
    def copy_words(self) -> str:
        """Say which copy this is."""
        return f"Copy {self.copy:,}" if self.copy else "Preview, not a copy"
