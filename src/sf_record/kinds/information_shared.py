"""A decision to share information about the family or to refuse: both tests, agreement, how, by whose authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem
from sf_record.powers import AGREEMENT, OTHER, POWERS, WAYS

GIVEN = "given"
SOUGHT = ((GIVEN, "Asked for, and given"), ("refused", "Asked for, and refused"), ("not_sought", "Not asked for"))
REFUSED = "refused"
OUTCOMES = (("shared", "Shared"), ("part", "Shared in part"), (REFUSED, "Not shared"))
TESTS = (
    ("is_lawful", "Is there a lawful basis to share it?"),
    ("is_necessary", "Is it necessary and proportionate?"),
)


@kind(
    "information_shared",
    "Decision about sharing",
    "Decisions about sharing",
    basis=Basis.PUBLIC_TASK,
    purpose="To share what keeps a child safe and no more, and to be able to say why",
    happened="decided_on",
    is_signable=True,
    groups=(
        Group("what", "With whom and what"),
        Group("tests", "Both tests", "Information is shared only where the answer to both is yes."),
        Group("agreement", "The family’s agreement"),
        Group("outcome", "Decision"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class InformationShared:
    """One decision. Signed by whoever made or wrote it down, then only amended."""

    agency: str = described("Agency", Shape.TEXT, group="what", is_required=True, is_searchable=True)
    person: str = described("Who there", Shape.TEXT, group="what", is_searchable=True)
    request: str | None = described("In answer to", Shape.RECORD, group="what", of="information_request")
    about: tuple[str, ...] = described("About whom", Shape.PEOPLE, group="what")
    what: str = described("What it is about", Shape.PROSE, group="what", is_required_to_sign=True, is_searchable=True)
    reason: str = described("Why", Shape.PROSE, group="what", is_required_to_sign=True, is_searchable=True)
    is_lawful: bool | None = described(TESTS[0][1], Shape.YES_NO, group="tests", is_required_to_sign=True)
    power: str = described("Which one", Shape.CODE, group="tests", choices=POWERS)
    other_power: str = described("Which other power", Shape.TEXT, group="tests", asked_when=("power", (OTHER,)))
    is_necessary: bool | None = described(TESTS[1][1], Shape.YES_NO, group="tests", is_required_to_sign=True)
    limited: str = described(
        "How it was kept to what they need", Shape.PROSE, group="tests", is_searchable=True, hint="And why it is needed"
    )
    sought: str = described(
        "Was agreement asked for?", Shape.CODE, group="agreement", choices=SOUGHT, is_required_to_sign=True
    )
    agreement: str | None = described(
        "Under which agreement", Shape.RECORD, group="agreement", of="agreement", asked_when=("sought", (GIVEN,))
    )
    why_not: str = described(
        "Why it was not, or why it was shared without",
        Shape.PROSE,
        group="agreement",
        asked_when=("sought", ("refused", "not_sought")),
        is_searchable=True,
        hint="Such as: asking would have put a child at risk",
    )
    family_told: bool | None = described("Has the family been told?", Shape.YES_NO, group="agreement")
    outcome: str = described("Decision", Shape.CODE, group="outcome", choices=OUTCOMES, is_required_to_sign=True)
    decided_on: str | None = described("Decided on", Shape.DATE, group="outcome", is_required=True)
    way: str = described("How it was shared", Shape.CODE, group="outcome", choices=WAYS)
    authorised_by: str | None = described("Authorised by", Shape.WORKER, group="outcome", is_required_to_sign=True)

    @property
    def is_shared(self) -> bool:
        """Say whether anything left."""
        return bool(self.outcome) and self.outcome != REFUSED

    def check(self, is_signing: bool) -> Iterator[FieldProblem]:
        """Nothing is shared without both tests, its power, its way, and a reason where the family did not agree."""
        if not is_signing:
            return
        if self.is_shared:
            yield from self._unfit_to_share()
        if self.is_lawful and not self.power:
            yield FieldProblem("power", "Which one: choose the power under which it may be shared")
        if self.power == OTHER and not self.other_power:
            yield FieldProblem("other_power", "Which other power: write which one")
        if self.power == AGREEMENT and self.sought and self.sought != GIVEN:
            yield FieldProblem("power", "Which one: the family has not agreed, so another power is needed")
        if (
            self.sought
            and self.sought != GIVEN
            and not self.why_not
            and (self.is_shared or self.sought == "not_sought")
        ):
            yield FieldProblem("why_not", "Why it was not, or why it was shared without: write why")

    def _unfit_to_share(self) -> Iterator[FieldProblem]:
        for name, label in TESTS:
            if getattr(self, name) is False:
                yield FieldProblem(name, f"{label}: what fails this test is not shared. Look at the decision again")
        if not self.way:
            yield FieldProblem("way", "How it was shared: choose one")

    def title(self) -> str:
        """Return what a timeline shows."""
        outcome = dict(OUTCOMES).get(self.outcome, "Decision about sharing")
        return f"{outcome} with {self.agency}" if self.agency else outcome

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.what
