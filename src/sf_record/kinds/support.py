"""Support that was given: what, by whom, how long, for whom, and in which cost band."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

SORTS = (
    ("advice", "Information and advice"),
    ("parenting", "Parenting"),
    ("practical", "Practical help at home"),
    ("play", "Play and learning"),
    ("feelings", "Feelings and wellbeing"),
    ("money", "Money and benefits"),
    ("housing", "Housing"),
    ("school", "School or nursery"),
    ("health", "Getting to health services"),
    ("birth", "Getting ready for a baby"),
    ("other", "Something else"),
)
MOST_MINUTES = 24 * 60


@kind(
    "support",
    "Support given",
    "Support given",
    basis=Basis.PUBLIC_TASK,
    heading="Support that was given",
    purpose="To know how the family was supported, and what that took",
    happened="given_on",
    groups=(Group("support", "What was given"), Group("took", "What it took")),
)
@dataclass(frozen=True, kw_only=True)
class Support:
    """One piece of support on one day."""

    what: str = described("What was done", Shape.TEXT, group="support", is_required=True, is_searchable=True)
    sort: str = described("What kind of support", Shape.CODE, group="support", choices=SORTS, is_required=True)
    given_on: str | None = described("On", Shape.DATE, group="support", is_required=True)
    for_whom: tuple[str, ...] = described(
        "For whom", Shape.PEOPLE, group="support", hint="Children, parents, carers and parents-to-be", is_required=True
    )
    helped: str = described("How it helped", Shape.PROSE, group="support", is_searchable=True)
    by: str | None = described("By", Shape.WORKER, group="took")
    by_somebody_else: str = described("Or by somebody else", Shape.TEXT, group="took", is_searchable=True)
    minutes: int | None = described("How long, in minutes", Shape.NUMBER, group="took", least=0, most=MOST_MINUTES)
    cost_band: str = described(
        "Cost band", Shape.CODE, group="took", configured="cost_bands", hint="Your council’s own"
    )

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Somebody gave it."""
        if not self.by and not self.by_somebody_else:
            yield FieldProblem("by", "By: choose a worker, or write who it was")

    def title(self) -> str:
        """Return what a timeline shows."""
        return self.what or "Support given"

    def summary(self) -> str:
        """Return the line beneath it."""
        return " · ".join(part for part in (dict(SORTS).get(self.sort, ""), long_words(self.minutes)) if part)


def long_words(minutes: int | None) -> str:
    """Say a length of time: ``45 minutes``, ``1 hour``, ``2 hours 15 minutes``; nothing where it is not known."""
    if minutes is None:
        return ""
    hours, left = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] if hours else []
    parts += [_counted(left, "minute")] if left or not hours else []
    return " ".join(parts)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
