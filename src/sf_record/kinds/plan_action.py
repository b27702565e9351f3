"""One action of the family's plan: what, who, by when, and whether it worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

RESULTS = (
    ("worked", "Done, and it worked"),
    ("partly", "Done, and it worked in part"),
    ("not", "Done, and it did not work"),
    ("not_done", "Not done"),
)


@kind(
    "plan_action",
    "Plan action",
    "Plan actions",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who does what, and what helps this family",
    happened="agreed_on",
    groups=(Group("action", "Action"), Group("result", "What came of it", is_later=True)),
)
@dataclass(frozen=True, kw_only=True)
class PlanAction:
    """Something that is to be done. It is settled once it says what came of it."""

    what: str = described("What", Shape.TEXT, group="action", is_required=True, is_searchable=True)
    goal: str | None = described("For which goal", Shape.RECORD, group="action", of="goal")
    who: tuple[str, ...] = described("Who in the family", Shape.PEOPLE, group="action")
    who_else: str = described(
        "Who else", Shape.TEXT, group="action", hint="You, the school, the health visitor", is_searchable=True
    )
    agreed_on: str | None = described("Agreed on", Shape.DATE, group="action", is_required=True)
    due_on: str | None = described("By when", Shape.DATE, group="action", may_be_future=True)
    result: str = described("Did it work?", Shape.CODE, group="result", choices=RESULTS)
    settled_on: str | None = described("Known since", Shape.DATE, group="result")
    words: str = described("What helped, or got in the way", Shape.PROSE, group="result", is_searchable=True)

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be done."""
        return not self.result

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Somebody does it, and a limit is not before the agreement."""
        if not self.who and not self.who_else:
            yield FieldProblem("who", "Who in the family: choose somebody, or write who else does it")
        if self.due_on and self.agreed_on and self.due_on < self.agreed_on:
            yield FieldProblem("due_on", "By when: this lies before the day on which it was agreed")

    def title(self) -> str:
        """Return what a timeline shows."""
        return self.what or "Plan action"

    def summary(self) -> str:
        """Return the line beneath it."""
        return dict(RESULTS).get(self.result, "")
