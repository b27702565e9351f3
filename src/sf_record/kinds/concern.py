"""A safeguarding concern: what was said and seen, about whom, where the marks are, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.bodymap import SIDES, is_on_paper
from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

MARKS = (
    ("bruise", "Bruise"),
    ("cut", "Cut or graze"),
    ("burn", "Burn or scald"),
    ("bite", "Bite"),
    ("swelling", "Swelling"),
    ("scar", "Scar"),
    ("rash", "Rash or sore place"),
    ("other", "Something else"),
)


@dataclass(frozen=True, kw_only=True)
class BodyMark:
    """One mark that was seen, and where on the body it is."""

    place: str = described("Where", Shape.TEXT, is_required=True, is_searchable=True)
    side: str = described("Side", Shape.CODE, choices=SIDES, is_required=True, is_drawn=True)
    x: int | None = described("Across", Shape.NUMBER, is_required=True, is_drawn=True)
    y: int | None = described("Down", Shape.NUMBER, is_required=True, is_drawn=True)
    person: str | None = described("Whose", Shape.PERSON, is_a_child=True)
    kind: str = described("What it looks like", Shape.CODE, choices=MARKS)
    size: str = described("Size", Shape.TEXT, hint="For example: 2 cm, like a thumbprint")
    colour: str = described("Colour", Shape.TEXT)
    words: str = described("What was said about it", Shape.TEXT, is_searchable=True)


@kind(
    "concern",
    "Safeguarding concern",
    "Safeguarding concerns",
    basis=Basis.LEGAL_OBLIGATION,
    purpose="To protect a child from harm, and to show what was known, done and decided",
    happened="happened_at",
    is_signable=True,
    goes_first=True,
    groups=(
        Group("who", "Who"),
        Group("what", "What was said and seen", "Their words as they were said. What you think has its own place."),
        Group("done", "What was done"),
        Group("marks", "Marks on the body", "Only what you saw without asking a child to undress."),
        Group("around", "When, where and who else"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Concern:
    """A concern. Signed by its author, then only amended; what comes after is written as steps on it."""

    about: tuple[str, ...] = described("Which child", Shape.PEOPLE, group="who", is_a_child=True, is_safeguarding=True)
    about_other: str = described(
        "Another child", Shape.TEXT, group="who", is_safeguarding=True, hint="Who is not in this family file"
    )
    is_in_danger: bool | None = described(
        "Is a child in danger now?",
        Shape.YES_NO,
        group="who",
        is_required_to_sign=True,
        is_safeguarding=True,
        hint="Then ring 999 first, and write afterwards",
    )
    words: str = described(
        "Their exact words",
        Shape.PROSE,
        group="what",
        is_safeguarding=True,
        is_searchable=True,
        hint="Who said it, and what, in their own words",
    )
    facts: str = described(
        "What you saw and heard", Shape.PROSE, group="what", is_safeguarding=True, is_searchable=True, hint="Facts only"
    )
    opinion: str = described(
        "What you think about it",
        Shape.PROSE,
        group="what",
        is_safeguarding=True,
        is_searchable=True,
        hint="Your opinion, and what makes you think so",
    )
    done: str = described("What you did", Shape.PROSE, group="done", is_safeguarding=True, is_searchable=True)
    parents_told: str = described(
        "Do the parents know?",
        Shape.TEXT,
        group="done",
        is_safeguarding=True,
        hint="Who was told and by whom, or why not: not where it would put a child at more risk",
    )
    marks: tuple[BodyMark, ...] = described("Marks", Shape.ROWS, group="marks", row_type=BodyMark, is_safeguarding=True)
    happened_at: str | None = described("When", Shape.MOMENT, group="around", is_required=True)
    place: str = described("Where", Shape.TEXT, group="around", is_searchable=True)
    present: tuple[str, ...] = described("Who was present", Shape.PEOPLE, group="around")
    others_present: str = described("Anybody else present", Shape.TEXT, group="around", is_searchable=True)

    def check(self, is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together; to be signed, it must say about whom it is, and what."""
        for number, mark in enumerate(self.marks):
            if mark.x is not None and mark.y is not None and not is_on_paper(mark.x, mark.y):
                yield FieldProblem(f"marks.{number}.place", "Where: this lies outside the drawing")
        if is_signing and not self.about and not self.about_other:
            yield FieldProblem("about", "Which child: choose at least one, or name another child")
        if is_signing and not (self.words or self.facts):
            yield FieldProblem("words", "Their exact words: write what was said, or what you saw")

    def title(self) -> str:
        """Return what a timeline shows."""
        day = f", {self.happened_at[8:10]}/{self.happened_at[5:7]}/{self.happened_at[:4]}" if self.happened_at else ""
        return f"Safeguarding concern{day}{': danger now' if self.is_in_danger else ''}"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.words or self.facts
