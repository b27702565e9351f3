"""A meeting of the team around the family: who came, how far the actions are, what is new, when it meets again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

SORTS = (("first", "First meeting"), ("meeting", "Meeting"), ("review", "Review"))
CAME = (("came", "Came"), ("apologies", "Sent apologies"), ("absent", "Did not come"))
PROGRESS = (("done", "Done"), ("begun", "Begun"), ("not_begun", "Not begun"), ("dropped", "Not wanted any more"))


@dataclass(frozen=True, kw_only=True)
class OfTheTeam:
    """Somebody of the team, and whether they came: nobody stands as having come before the worker says so."""

    name: str = described("Name", Shape.TEXT, is_required=True, is_searchable=True)
    agency: str = described("Agency or role", Shape.TEXT, is_searchable=True)
    came: str = described("Did they come?", Shape.CODE, choices=CAME, is_required_to_sign=True)


@dataclass(frozen=True, kw_only=True)
class Attended:
    """Somebody who is not of the team and came, or sent apologies."""

    name: str = described("Name", Shape.TEXT, is_required=True, is_searchable=True)
    agency: str = described("Agency or role", Shape.TEXT, is_searchable=True)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an action of the last meeting is."""

    what: str = described("What", Shape.TEXT, is_required=True, is_searchable=True)
    who: str = described("Who", Shape.TEXT)
    due_on: str | None = described("By", Shape.DATE, may_be_future=True)
    progress: str = described("How far", Shape.CODE, choices=PROGRESS, is_required_to_sign=True)
    difference: str = described("Did it make a difference?", Shape.TEXT, is_searchable=True)


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """An action agreed at this meeting."""

    what: str = described("What", Shape.TEXT, is_required=True, is_searchable=True)
    who: str = described("Who", Shape.TEXT, is_required_to_sign=True)
    due_on: str | None = described("By", Shape.DATE, is_required_to_sign=True, may_be_future=True)


@kind(
    "team_meeting",
    "Team around the family",
    "Team meetings",
    basis=Basis.PUBLIC_TASK,
    purpose="To help the family together, and to see whether it helps",
    happened="met_at",
    is_signable=True,
    needs_agreement="team",
    groups=(
        Group("meeting", "Meeting"),
        Group("came", "Who came"),
        Group("family", "The family’s view"),
        Group("progress", "Actions so far", "Those of the last meeting, or of the assessment’s plan"),
        Group("actions", "New actions"),
        Group("next", "What comes next"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class TeamMeeting:
    """Signed by whoever wrote it down."""

    sort: str = described("Which meeting", Shape.CODE, group="meeting", choices=SORTS, is_required_to_sign=True)
    met_at: str | None = described("When", Shape.MOMENT, group="meeting", is_required=True)
    place: str = described("Where", Shape.TEXT, group="meeting")
    chaired_by: str = described("Who led it", Shape.TEXT, group="meeting")
    family_came: tuple[str, ...] = described(
        "Of the family", Shape.PEOPLE, group="came", is_born=True, hint="Children too, if they came"
    )
    team: tuple[OfTheTeam, ...] = described("Team professionals", Shape.ROWS, group="came", row_type=OfTheTeam)
    team_came: tuple[Attended, ...] = described(
        "Other professionals who came", Shape.ROWS, group="came", row_type=Attended
    )
    apologies: tuple[Attended, ...] = described("Other apologies", Shape.ROWS, group="came", row_type=Attended)
    family_view: str = described(
        "What the family says", Shape.PROSE, group="family", is_required_to_sign=True, is_searchable=True
    )
    child_view: str = described("What the children say", Shape.PROSE, group="family", is_searchable=True)
    goals: str = described(
        "How the family’s goals stand", Shape.PROSE, group="progress", is_searchable=True, hint="As they were scored"
    )
    progress: tuple[Progress, ...] = described("Actions", Shape.ROWS, group="progress", row_type=Progress)
    worries: str = described(
        "What is the team worried about?", Shape.PROSE, group="progress", is_searchable=True, is_safeguarding=True
    )
    actions: tuple[NewAction, ...] = described("New actions", Shape.ROWS, group="actions", row_type=NewAction)
    is_still_needed: bool | None = described(
        "Is the team still needed?", Shape.YES_NO, group="next", is_required_to_sign=True
    )
    next_on: str | None = described("The team meets again on", Shape.DATE, group="next", may_be_future=True)
    next_why_not: str = described("If not: what happens instead", Shape.TEXT, group="next")

    def check(self, is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if is_signing and self.is_still_needed and not self.next_on:
            yield FieldProblem("next_on", "The team meets again on: enter a date")

    def title(self) -> str:
        """Return what a timeline shows."""
        return f"Team around the family: {dict(SORTS).get(self.sort, 'meeting').lower()}"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.family_view
