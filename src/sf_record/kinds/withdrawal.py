"""A withdrawal: somebody took an agreement back, when, how, and which agencies have been told."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind

HOW = (
    ("face", "Face to face"),
    ("phone", "On the telephone"),
    ("message", "By message or email"),
    ("letter", "By letter"),
    ("other", "Some other way"),
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One agency that must be told, and the day on which it was."""

    agency: str = described("Agency", Shape.TEXT, is_required=True, is_searchable=True)
    told_on: str | None = described("Told on", Shape.DATE)
    how: str = described("Whom, and how", Shape.TEXT)


@kind(
    "withdrawal",
    "Withdrawal of an agreement",
    "Withdrawals of agreements",
    basis=Basis.PUBLIC_TASK,
    heading="An agreement is withdrawn",
    purpose="To stop at once what the family no longer agrees to, and to tell those who rely on it",
    happened="withdrawn_at",
    groups=(
        Group(
            "withdrawn",
            "What was withdrawn",
            "All of the agreement stops. If they still agree to a part, record that as a new agreement.",
        ),
        Group("told", "Who must be told", "Everything stops now. Each agency that shares must hear of it."),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """It stops the whole of its agreement from that moment; what was done before stays."""

    agreement: str | None = described(
        "Which agreement", Shape.RECORD, group="withdrawn", of="agreement", is_required=True
    )
    withdrawn_at: str | None = described("When", Shape.MOMENT, group="withdrawn", is_required=True)
    by: tuple[str, ...] = described("Who withdrew it", Shape.PEOPLE, group="withdrawn", is_born=True)
    by_others: str = described("Anybody else who withdrew it", Shape.TEXT, group="withdrawn", is_searchable=True)
    how: str = described("How they said so", Shape.CODE, group="withdrawn", choices=HOW)
    said: str = described(
        "What they said", Shape.PROSE, group="withdrawn", is_searchable=True, hint="Nobody has to give a reason"
    )
    told: tuple[Told, ...] = described("Agencies", Shape.ROWS, group="told", row_type=Told)

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Agreement withdrawn"

    def summary(self) -> str:
        """Return the line beneath it."""
        waiting = [each.agency for each in self.told if not each.told_on]
        return f"Still to tell: {', '.join(waiting)}" if waiting else self.said
