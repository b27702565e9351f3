"""A kind of record that the program does not have, as somebody would write it: this one file, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

SORTS = (("dog", "Dog"), ("cat", "Cat"), ("other", "Something else"))


@dataclass(frozen=True, kw_only=True)
class Habit:
    """One thing that it does."""

    what: str = described("What it does", Shape.TEXT, is_required=True, is_searchable=True)


@kind(
    "pet",
    "Pet",
    "Pets",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who else lives in the house, and what to do about it at the door",
    happened="came_on",
    groups=(Group("who", "Which pet"), Group("door", "At the door")),
)
@dataclass(frozen=True, kw_only=True)
class Pet:
    """An animal that lives with the family."""

    name: str = described("Name", Shape.TEXT, group="who", is_required=True, is_searchable=True)
    sort: str = described("What it is", Shape.CODE, group="who", choices=SORTS, is_required=True)
    came_on: str | None = described("With the family since", Shape.DATE, group="who", is_required=True)
    belongs_to: tuple[str, ...] = described("Whose it is", Shape.PEOPLE, group="who")
    habits: tuple[Habit, ...] = described("Habits", Shape.ROWS, group="who", row_type=Habit)
    is_loud: bool | None = described("Barks", Shape.YES_NO, group="door")
    advice: str = described("What to do", Shape.PROSE, group="door", is_searchable=True)
    bites: str = described("Whom it bit", Shape.TEXT, group="door", is_safeguarding=True)

    def check(self, _is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        if self.sort == "cat" and self.is_loud:
            yield FieldProblem("is_loud", "Barks: a cat does not")

    def title(self) -> str:
        """Return what a timeline shows."""
        return f"{dict(SORTS).get(self.sort, 'Pet')} called {self.name}"

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.advice
