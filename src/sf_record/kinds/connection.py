"""What a family or one of its people is connected with outside: school, work, friends, services. Drawn as an ecomap."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import Basis, Shape, described, kind

SYSTEMS = (
    ("school", "School, nursery or college"),
    ("health", "Health"),
    ("social_care", "Social care"),
    ("relatives", "Relatives outside the household"),
    ("friends", "Friends and neighbours"),
    ("work", "Work and training"),
    ("money", "Benefits and money"),
    ("housing", "Housing"),
    ("faith", "Faith and culture"),
    ("leisure", "Clubs, play and leisure"),
    ("justice", "Police and courts"),
    ("other", "Something else"),
)
STRENGTHS = (
    ("strong", "Strong and supportive"),
    ("moderate", "Moderate"),
    ("weak", "Weak or uncertain"),
    ("stressful", "Stressful, in conflict"),
)
DIRECTIONS = (
    ("both", "Both ways"),
    ("to_family", "Mostly towards the family"),
    ("from_family", "Mostly from the family"),
)


@kind(
    "connection",
    "Connection",
    "Connections",
    basis=Basis.PUBLIC_TASK,
    purpose="To know who and what supports the family, and what costs it strength",
    on_timeline=False,
)
@dataclass(frozen=True, kw_only=True)
class Connection:
    """One line of the ecomap: from the household, or one person in it, to something outside."""

    name: str = described("With whom or what", Shape.TEXT, is_required=True, hint="For example: Pretend Primary School")
    type: str = described("What it is", Shape.CODE, choices=SYSTEMS, is_required=True)
    strength: str = described("How strong", Shape.CODE, choices=STRENGTHS, is_required=True)
    direction: str = described("Where help and energy go", Shape.CODE, choices=DIRECTIONS)
    person: str | None = described("Of one person only", Shape.PERSON, hint="Leave empty for the whole household")
    began_on: str | None = described("Since", Shape.APPROXIMATE_DATE)
    ended_on: str | None = described("Until", Shape.APPROXIMATE_DATE)
    note: str = described("Note", Shape.TEXT, hint="Whose view this is, and what it means to them")

    def title(self) -> str:
        """Return what a list shows."""
        return self.name

    def summary(self) -> str:
        """Return the line beneath it."""
        return ", ".join(
            part for part in (dict(SYSTEMS).get(self.type, ""), dict(STRENGTHS).get(self.strength, "").lower()) if part
        )
