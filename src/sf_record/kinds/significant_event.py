"""One line of the chronology: what happened, when, to whom, who says so, and what it meant for the child."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind

SORTS = (("fact", "Fact"), ("opinion", "Professional opinion"))


@kind(
    "significant_event",
    "Significant event",
    "Significant events",
    basis=Basis.PUBLIC_TASK,
    purpose="To see at once what has happened to the child over the years, and to tell a court",
    happened="happened_on",
    on_timeline=False,
    groups=(
        Group("what", "What happened", "One line. It stands in the chronology in order of date."),
        Group("meaning", "What it meant", "Only where you can say so"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class SignificantEvent:
    """Chosen by a worker: from a record of the family file, or from before there was one."""

    happened_on: str | None = described(
        "When", Shape.APPROXIMATE_DATE, group="what", is_required=True, hint="A year alone will do, or month and year"
    )
    what: str = described("What happened", Shape.TEXT, group="what", is_required=True, is_searchable=True)
    about: tuple[str, ...] = described("About whom", Shape.PEOPLE, group="what")
    sort: str = described("Fact or opinion", Shape.CODE, group="what", choices=SORTS, is_required=True)
    source: str = described(
        "Source",
        Shape.TEXT,
        group="what",
        is_required=True,
        is_searchable=True,
        hint="Who says so, or where it is written: a visit, a letter, a police report",
    )
    impact: str = described("Impact on the child", Shape.PROSE, group="meaning", is_searchable=True)
    from_record: str = described("Taken from", Shape.TEXT, hint="The id of the record it was taken from")

    def title(self) -> str:
        """Return what a list shows."""
        return self.what or "Significant event"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.impact or self.source
