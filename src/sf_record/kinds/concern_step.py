"""A step on a safeguarding concern: whom it was agreed with and told to, what was decided, what is still to be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

STEPS = (
    ("manager", "Agreed with a manager"),
    ("hub", "Safeguarding hub told"),
    ("decision", "The hub’s decision"),
    ("discussed", "Strategy discussion held"),
    ("escalated", "Escalated"),
    ("answered", "Answer to the escalation"),
    ("followed_up", "Followed up"),
    ("other", "Something else was done"),
    ("closed", "Concern closed"),
)
WAYS = (
    ("telephone", "By telephone"),
    ("form", "By online form"),
    ("email", "By secure email"),
    ("spoken", "In person"),
)
STRATEGY, ENQUIRY = "strategy", "enquiry"
DECISIONS = (
    (STRATEGY, "Strategy discussion"),
    (ENQUIRY, "Section 47 enquiry"),
    ("assessment", "Assessment under section 17"),
    ("early_help", "Early help"),
    ("advice", "Advice only"),
    ("nothing", "No further action"),
)
LEVELS = tuple((str(number), f"Level {number}") for number in range(1, 6))
_STAYS_OPEN = ("step", tuple(code for code, _ in STEPS if code != "closed"))  # what is closed is followed up no more
_WITH_SOMEBODY = ("step", ("manager", "hub", "decision", "discussed", "escalated", "answered"))


@kind(
    "concern_step",
    "Step on a concern",
    "Steps on concerns",
    basis=Basis.LEGAL_OBLIGATION,
    purpose="To show that a concern was agreed, passed on, answered and followed to its end, and when",
    happened="done_at",
    is_signable=True,
    goes_first=True,
    groups=(Group("step", "Step"), Group("next", "What comes next")),
)
@dataclass(frozen=True, kw_only=True)
class ConcernStep:
    """One step, by whoever took it. A record of its own: several people follow one concern, and nothing is merged."""

    concern: str | None = described("Concern", Shape.RECORD, group="step", of="concern", is_required=True)
    step: str = described("What was done", Shape.CODE, group="step", choices=STEPS, is_required=True)
    done_at: str | None = described("When", Shape.MOMENT, group="step", is_required=True)
    with_whom: str = described(
        "With whom", Shape.TEXT, group="step", asked_when=_WITH_SOMEBODY, hint="Name and office", is_safeguarding=True
    )
    way: str = described("How", Shape.CODE, group="step", choices=WAYS, asked_when=("step", ("hub", "escalated")))
    reference: str = described(
        "Reference", Shape.TEXT, group="step", asked_when=("step", ("hub", "decision")), is_searchable=True
    )
    decision: str = described(
        "Decision",
        Shape.CODE,
        group="step",
        choices=DECISIONS,
        asked_when=("step", ("decision",)),
        is_safeguarding=True,
    )
    level: str = described(
        "Level",
        Shape.CODE,
        group="step",
        choices=LEVELS,
        asked_when=("step", ("escalated",)),
        hint="As your council’s escalation procedure numbers them",
    )
    words: str = described(
        "What was said and decided", Shape.PROSE, group="step", is_searchable=True, is_safeguarding=True
    )
    follow_up_on: str | None = described(
        "Follow up by", Shape.DATE, group="next", asked_when=_STAYS_OPEN, is_safeguarding=True, may_be_future=True
    )
    follow_up: str = described(
        "What is to be done then",
        Shape.TEXT,
        group="next",
        asked_when=_STAYS_OPEN,
        is_searchable=True,
        is_safeguarding=True,
    )

    def check(self, is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what the step lacks, once it is to be signed."""
        if not is_signing:
            return
        if self.step in {"manager", "hub", "escalated"} and not self.with_whom:
            yield FieldProblem("with_whom", "With whom: enter a name")
        if self.step == "hub" and not self.way:
            yield FieldProblem("way", "How: choose one")
        if self.step == "decision" and not (self.decision or self.words):
            yield FieldProblem("decision", "Decision: choose one, or write what was decided")
        if self.step == "escalated" and not self.level:
            yield FieldProblem("level", "Level: choose one")
        if self.step in {"closed", "other"} and not self.words:
            yield FieldProblem("words", "What was said and decided: write why, or what was done")

    def title(self) -> str:
        """Return what a timeline shows."""
        if self.step == "escalated" and self.level:
            return f"Concern escalated to level {self.level}"
        words = dict(STEPS).get(self.step, "Step on a concern")
        if self.step == "decision" and self.decision:
            return f"{words}: {dict(DECISIONS).get(self.decision, self.decision).lower()}"
        return words

    def summary(self) -> str:
        """Return the line beneath it."""
        return ", ".join(part for part in (self.with_whom, self.reference, self.words) if part)
