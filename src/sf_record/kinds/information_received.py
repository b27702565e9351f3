"""What another agency told us about the family: what, when, why, and under which power it was shared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem
from sf_record.powers import OTHER, POWERS, WAYS


@kind(
    "information_received",
    "Information received",
    "Information received",
    basis=Basis.PUBLIC_TASK,
    heading="Information that we received",
    purpose="To know what others know about the family, from whom, and why they told us",
    happened="received_on",
    groups=(Group("from", "From whom"), Group("why", "Why it was shared"), Group("what", "What we were told")),
)
@dataclass(frozen=True, kw_only=True)
class InformationReceived:
    """One piece of information from one agency."""

    agency: str = described("Agency", Shape.TEXT, group="from", is_required=True, is_searchable=True)
    person: str = described("Who there", Shape.TEXT, group="from", is_searchable=True)
    received_on: str | None = described("Received on", Shape.DATE, group="from", is_required=True)
    way: str = described("How", Shape.CODE, group="from", choices=WAYS)
    request: str | None = described("In answer to", Shape.RECORD, group="from", of="information_request")
    power: str = described("Under which power", Shape.CODE, group="why", choices=POWERS, is_required=True)
    other_power: str = described("Which other power", Shape.TEXT, group="why", asked_when=("power", (OTHER,)))
    reason: str = described("Why they shared it", Shape.TEXT, group="why", is_required=True, is_searchable=True)
    about: tuple[str, ...] = described("About whom", Shape.PEOPLE, group="what")
    what: str = described("What they told us", Shape.PROSE, group="what", is_required=True, is_searchable=True)
    in_confidence: bool | None = described(
        "Given in confidence",
        Shape.YES_NO,
        group="what",
        hint="Somebody looks at it before the file is shown to a person who asks for it",
    )

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Another power is named."""
        if self.power == OTHER and not self.other_power:
            yield FieldProblem("other_power", "Which other power: write which one")

    def title(self) -> str:
        """Return what a timeline shows."""
        return f"Information from {self.agency}" if self.agency else "Information received"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.what
