"""A privacy notice given: which version, to whom, when, how, and whether it was understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

HOW = (
    ("read", "Read and talked through together"),
    ("paper", "On paper"),
    ("large_print", "In large print"),
    ("screen", "Shown on this screen"),
    ("interpreter", "Through an interpreter"),
    ("email", "By email or message"),
    ("post", "By post"),
)
UNDERSTOOD = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"), ("not_known", "Could not tell"))
TEXTS = (("full", "The full text"), ("easy", "The plain-language text"), ("both", "Both"))


@kind(
    "notice_given",
    "Privacy notice given",
    "Privacy notices given",
    basis=Basis.LEGAL_OBLIGATION,
    heading="The privacy notice was given",
    purpose="To show that people were told what is held about them and why (UK GDPR Articles 13 and 14)",
    happened="given_at",
    groups=(
        Group("given", "What was given, to whom"),
        Group("understood", "Was it understood?", "Ask them to say in their own words what it means for them"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class NoticeGiven:
    """One occasion."""

    version: str = described("Version of the notice", Shape.TEXT, group="given", is_required=True)
    people: tuple[str, ...] = described("Given to", Shape.PEOPLE, group="given", is_born=True)
    others: str = described("Anybody else", Shape.TEXT, group="given", is_searchable=True)
    given_at: str | None = described("When", Shape.MOMENT, group="given", is_required=True)
    how: tuple[str, ...] = described("How", Shape.CODES, group="given", choices=HOW, is_required=True)
    text: str = described("Which text", Shape.CODE, group="given", choices=TEXTS)
    understood: str = described("Understood", Shape.CODE, group="understood", choices=UNDERSTOOD, is_required=True)
    why_not: str = described(
        "What was not understood, and what will be done about it",
        Shape.TEXT,
        group="understood",
        asked_when=("understood", ("partly", "no", "not_known")),
    )
    questions: str = described("Questions they asked, and the answers", Shape.PROSE, group="understood")

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if not self.people and not self.others:
            yield FieldProblem("people", "Given to: choose at least one person, or name somebody")
        if self.understood in {"partly", "no"} and not self.why_not:
            yield FieldProblem("why_not", "What was not understood: say what, and what will be done about it")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Privacy notice given"

    def summary(self) -> str:
        """Return the line beneath it."""
        said = {"yes": "understood", "partly": "partly understood", "no": "not understood"}.get(self.understood, "")
        return ", ".join(part for part in (f"Version {self.version}" if self.version else "", said) if part)
