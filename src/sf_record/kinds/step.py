"""A step up, a step down or a closure: why the help for a family changes or ends, and who goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

TYPES = (("up", "Step up"), ("down", "Step down"), ("closure", "Closure"))
WHERE_TO = (
    ("social_care", "Children’s social care"),
    ("early_help", "Early help"),
    ("universal", "Services for everybody"),
    ("authority", "Another local authority"),
    ("adult", "Adult social care"),
    ("nobody", "Nobody: no more help is needed"),
)
_CLOSING = ("type", ("closure",))


@kind(
    "step",
    "Step up, step down or closure",
    "Steps and closures",
    basis=Basis.PUBLIC_TASK,
    purpose="To show why the help changed or ended, and that somebody took over",
    happened="decided_on",
    is_signable=True,
    groups=(
        Group("what", "What was decided"),
        Group("why", "Why"),
        Group("after", "What comes after"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Step:
    """Signed by whoever decided. A step up needs nobody's agreement where a child may be in danger."""

    type: str = described("What changes", Shape.CODE, group="what", choices=TYPES, is_required=True)
    decided_on: str | None = described("Decided on", Shape.DATE, group="what", is_required=True)
    children: tuple[str, ...] = described("Which children", Shape.PEOPLE, group="what", is_required_to_sign=True)
    agreed_with: str = described("Manager who agreed", Shape.TEXT, group="what")
    closure_reason: str = described(
        "Reason for closure", Shape.CODE, group="why", code_set="reason_for_closure", asked_when=_CLOSING
    )
    why: str = described(
        "What has changed for the children", Shape.PROSE, group="why", is_required_to_sign=True, is_searchable=True
    )
    family_view: str = described("What the family says", Shape.PROSE, group="why", is_searchable=True)
    where_to: str = described("Where to", Shape.CODE, group="after", choices=WHERE_TO, is_required_to_sign=True)
    handed_to: str = described("Who takes over", Shape.TEXT, group="after", hint="Name and agency", is_searchable=True)
    handed_on: str | None = described("Handed over on", Shape.DATE, group="after", may_be_future=True)
    come_back: str = described("How the family can come back", Shape.TEXT, group="after")

    def check(self, is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if is_signing and self.type == "closure" and not self.closure_reason:
            yield FieldProblem("closure_reason", "Reason for closure: choose one")
        if is_signing and self.where_to not in {"", "nobody", "universal"} and not self.handed_to:
            yield FieldProblem("handed_to", "Who takes over: enter a name")

    def title(self) -> str:
        """Return what a timeline shows."""
        return dict(TYPES).get(self.type, "Step")

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.why
