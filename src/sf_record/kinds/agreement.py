"""An agreement: what a family said yes or no to, which agencies may share and which not, and how it was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem
from sf_record.kinds.attachment import SIGNED_HOW

PURPOSES = (
    ("assessment", "An Early Help Assessment"),
    ("team", "Team around the family meetings"),
    ("sharing", "Sharing information with the agencies named here"),
    ("support", "Support and referrals to other services"),
)
_SHORT = {"assessment": "assessment", "team": "team meetings", "sharing": "sharing", "support": "support"}
ANSWERS = (("agreed", "They agree"), ("refused", "They do not agree"))


@dataclass(frozen=True, kw_only=True)
class AgencyShare:
    """One agency, and whether it may share what it knows with the service and be told."""

    agency: str = described("Agency", Shape.TEXT, is_required=True, is_searchable=True)
    may_share: bool | None = described("May share", Shape.YES_NO, is_required_to_sign=True)
    limits: str = described("Only this, or not this", Shape.TEXT)


@kind(
    "agreement",
    "Agreement",
    "Agreements",
    basis=Basis.PUBLIC_TASK,
    purpose="To do only what the family has agreed to, and to show that they did",
    happened="agreed_at",
    is_signable=True,
    groups=(
        Group("who", "Who was asked"),
        Group("what", "What for"),
        Group("agencies", "Agencies", "Name those that may, and those that the family said no to."),
        Group("how", "How it was given"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Signed by whoever asked, then never changed: a withdrawal is a record of its own, and so is a new agreement."""

    people: tuple[str, ...] = described(
        "Who was asked", Shape.PEOPLE, group="who", is_born=True, is_required_to_sign=True
    )
    others: str = described("Anybody else who was asked", Shape.TEXT, group="who", is_searchable=True)
    agreed_at: str | None = described("When", Shape.MOMENT, group="who", is_required=True)
    answer: str = described("Their answer", Shape.CODE, group="who", choices=ANSWERS, is_required_to_sign=True)
    what_for: tuple[str, ...] = described(
        "What they were asked for", Shape.CODES, group="what", choices=PURPOSES, is_required_to_sign=True
    )
    explained: str = described(
        "How it was explained, and what they said",
        Shape.PROSE,
        group="what",
        is_searchable=True,
        hint="Agreement is theirs to give, and theirs to take back at any time",
    )
    agencies: tuple[AgencyShare, ...] = described(
        "Agencies", Shape.ROWS, group="agencies", row_type=AgencyShare, is_carried_forward=True
    )
    how: str = described("How it was given", Shape.CODE, group="how", choices=SIGNED_HOW, is_required_to_sign=True)
    witness: str = described("Who heard it", Shape.TEXT, group="how", asked_when=("how", ("spoken",)))
    review_on: str | None = described(
        "Look at it again on", Shape.DATE, group="how", hint="Agree a day with the family", may_be_future=True
    )

    ends_on: str | None = described(
        "It ends on",
        Shape.DATE,
        group="how",
        hint="Only if the family agreed until a certain day: nothing is done under it after that",
        may_be_future=True,
    )

    def check(self, is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if is_signing and self.how == "spoken" and not self.witness:
            yield FieldProblem("witness", "Who heard it: enter their name")
        if self.ends_on and self.agreed_at and self.ends_on < self.agreed_at[:10]:
            yield FieldProblem("ends_on", "It ends on: this lies before the day on which it was given")
        if is_signing and "sharing" in self.what_for and not self.agencies:
            yield FieldProblem("agencies", "Agencies: name those that may share")

    def title(self) -> str:
        """Return what a timeline shows."""
        lead = "Agreement refused" if self.answer == "refused" else "Agreement"
        named = ", ".join(_SHORT.get(each, each) for each in self.what_for)
        return f"{lead}: {named}" if named else lead

    def summary(self) -> str:
        """Return the line beneath it."""
        named = [each.agency for each in self.agencies if each.may_share]
        return f"May share: {', '.join(named)}" if named else self.explained
