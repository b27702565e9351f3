"""Readings of a Family Star Plus: the day and ten numbers only; the scales are licensed and never shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

TOOL = "family_star_plus"
AREAS = (
    "physical_health",
    "well_being",
    "emotional_needs",
    "keeping_safe",
    "social_networks",
    "education",
    "boundaries",
    "routine",
    "home_and_money",
    "progress_to_work",
)


def _area(label: str, *, is_health: bool = False) -> Any:
    return described(label, Shape.NUMBER, group="readings", least=1, most=10, is_special_category=is_health)


@kind(
    "family_star",
    "Family Star Plus",
    "Family Star Plus readings",
    basis=Basis.PUBLIC_TASK,
    heading="Readings of a Family Star Plus",
    purpose="To see how a family changes, where the council holds a licence of the tool",
    happened="read_on",
    groups=(
        Group("who", "Who and when"),
        Group("readings", "Readings", "Copy the numbers from the paper, 1 to 10. The scales belong to Triangle."),
    ),
)
@dataclass(frozen=True, kw_only=True)
class FamilyStar:
    """One set of readings."""

    whose: str | None = described("Whose star", Shape.PERSON, group="who", is_required=True)
    read_on: str | None = described("On", Shape.DATE, group="who", is_required=True)
    physical_health: int | None = _area("Physical health", is_health=True)
    well_being: int | None = _area("Your well-being", is_health=True)
    emotional_needs: int | None = _area("Meeting emotional needs")
    keeping_safe: int | None = _area("Keeping your children safe")
    social_networks: int | None = _area("Social networks")
    education: int | None = _area("Education and learning")
    boundaries: int | None = _area("Boundaries and behaviour")
    routine: int | None = _area("Family routine")
    home_and_money: int | None = _area("Home and money")
    progress_to_work: int | None = _area("Progress to work")

    def readings(self) -> dict[str, int]:
        """Return the readings that are known, by area."""
        known = ((area, getattr(self, area)) for area in AREAS)
        return {area: reading for area, reading in known if reading is not None}

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """At least one area was read."""
        if not self.readings():
            yield FieldProblem("emotional_needs", "Meeting emotional needs: enter the reading of at least one area")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Family Star Plus readings"

    def summary(self) -> str:
        """Return the line beneath it."""
        known = len(self.readings())
        return f"{known} of {len(AREAS)} areas read"
