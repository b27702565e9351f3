"""A visit to a family: who was there, each child seen, what was observed, said, agreed and comes next."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind

TYPES = (("planned", "Planned"), ("unannounced", "Unannounced"))
PLACES = (
    ("home", "Family home"),
    ("placement", "Foster or other placement"),
    ("school", "School or nursery"),
    ("centre", "Family centre"),
    ("other", "Somewhere else"),
)
_PLACE_TITLES = {
    "home": "Home visit",
    "placement": "Placement visit",
    "school": "School visit",
    "centre": "Centre visit",
}


@dataclass(frozen=True, kw_only=True)
class ChildSeen:
    """One child at this visit."""

    person: str | None = described("Child", Shape.PERSON, is_required=True)
    seen: bool | None = described("Seen", Shape.YES_NO, is_required_to_sign=True)
    seen_alone: bool | None = described("Seen alone", Shape.YES_NO)
    why_not: str = described("Why not seen, or not seen alone", Shape.TEXT, is_searchable=True)
    bedroom_seen: bool | None = described("Bedroom seen", Shape.YES_NO)


@dataclass(frozen=True, kw_only=True)
class AgreedAction:
    """One thing promised at the visit."""

    what: str = described("What", Shape.TEXT, is_required=True, is_searchable=True)
    who: str = described("Who", Shape.TEXT)
    due_on: str | None = described("By", Shape.DATE, may_be_future=True)
    is_done: bool | None = described("Done", Shape.YES_NO)


@kind(
    "visit",
    "Visit",
    "Visits",
    basis=Basis.PUBLIC_TASK,
    purpose="To see that the child is safe and how the family is doing",
    happened="started_at",
    is_signable=True,
    groups=(
        Group("where", "Who and where"),
        Group("children", "Children seen"),
        Group("saw", "What you saw", "Facts first. What is opinion goes under Worries and strengths."),
        Group("voice", "Child’s own words", "As the child said or showed it"),
        Group("worries", "Worries and strengths"),
        Group("agreed", "What was agreed"),
        Group("next", "Next visit"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit. Signed by its author, then only amended."""

    type: str = described("Planned or unannounced", Shape.CODE, group="where", choices=TYPES, is_required_to_sign=True)
    place: str = described("Place", Shape.CODE, group="where", choices=PLACES, is_required_to_sign=True)
    started_at: str | None = described("Started", Shape.MOMENT, group="where", is_required=True)
    ended_at: str | None = described("Finished", Shape.MOMENT, group="where")
    present: tuple[str, ...] = described(
        "Who was present", Shape.PEOPLE, group="where", is_born=True, is_carried_forward=True
    )
    others_present: str = described("Anybody else present", Shape.TEXT, group="where", is_searchable=True)
    children: tuple[ChildSeen, ...] = described(
        "Each child",
        Shape.ROWS,
        group="children",
        row_type=ChildSeen,
        hint="Born children: the unborn are not asked for",
    )
    observed: str = described(
        "What you saw and heard", Shape.PROSE, group="saw", is_required_to_sign=True, is_searchable=True
    )
    voice: str = described("The child’s voice", Shape.PROSE, group="voice", is_searchable=True)
    worries: str = described(
        "What are you worried about?", Shape.PROSE, group="worries", is_searchable=True, is_safeguarding=True
    )
    strengths: str = described("What is working well?", Shape.PROSE, group="worries", is_searchable=True)
    agreed: tuple[AgreedAction, ...] = described(
        "Agreed actions", Shape.ROWS, group="agreed", row_type=AgreedAction, is_carried_forward=True
    )
    next_visit_on: str | None = described("Next visit on", Shape.DATE, group="next", may_be_future=True)
    next_visit_for: str = described("What for", Shape.TEXT, group="next")
    planned_visit: str | None = described("Planned as", Shape.TEXT)

    def title(self) -> str:
        """Return what a timeline shows."""
        place = _PLACE_TITLES.get(self.place, "Visit")
        return f"{place}, {dict(TYPES)[self.type].lower()}" if self.type in dict(TYPES) else place

    def summary(self) -> str:
        """Return the line beneath it."""
        return self.observed
