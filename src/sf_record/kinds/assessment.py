"""An Early Help Assessment: what a family and a practitioner found out together, and what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_record.description import Basis, Group, Shape, described, kind
from sf_record.errors import FieldProblem

DECISIONS = (
    ("team", "A team around the family"),
    ("single", "Help from one agency"),
    ("universal", "No more than everybody gets: health visitor, school, family doctor"),
    ("step_up", "More than early help: children’s social care"),
    ("declined", "The family does not want help now"),
)
GIVEN_HOW = (
    ("paper", "On paper, by hand"),
    ("post", "By post"),
    ("secure_email", "By secure email"),
    ("read_aloud", "Read aloud to them"),
    ("other", "Some other way"),
)


@dataclass(frozen=True, kw_only=True)
class AssessedChild:
    """One child who is assessed, and where the child spends the day."""

    person: str | None = described("Child", Shape.PERSON, is_required=True)
    setting: str = described("Nursery, school or college", Shape.TEXT, is_searchable=True)
    note: str = described("Anything to know first", Shape.TEXT)


@dataclass(frozen=True, kw_only=True)
class Responsible:
    """Somebody with parental responsibility, for whom, and how that is known."""

    person: str | None = described("Person", Shape.PERSON, is_required=True)
    children: tuple[str, ...] = described("For", Shape.PEOPLE)
    known_from: str = described("How this is known", Shape.TEXT)
    took_part: bool | None = described("Took part in this assessment", Shape.YES_NO)


@dataclass(frozen=True, kw_only=True)
class Professional:
    """Somebody who works with the family already."""

    name: str = described("Name", Shape.TEXT, is_required=True, is_searchable=True)
    role: str = described("What they do", Shape.TEXT)
    agency: str = described("Agency", Shape.TEXT, is_searchable=True)
    contact: str = described("How to reach them", Shape.TEXT)
    took_part: bool | None = described("Took part in this assessment", Shape.YES_NO)


@dataclass(frozen=True, kw_only=True)
class ChildsVoice:
    """What one child said or showed, and what a day is like for the child."""

    person: str | None = described("Child", Shape.PERSON, is_required=True)
    words: str = described("In the child’s own words", Shape.PROSE, is_searchable=True)
    day: str = described("A day in the child’s life", Shape.PROSE, is_searchable=True)
    why_not: str = described("If the child was not heard: why", Shape.TEXT)


@dataclass(frozen=True, kw_only=True)
class ParentsView:
    """How one parent or carer sees it."""

    person: str | None = described("Parent or carer", Shape.PERSON, is_required=True)
    view: str = described("How they see it", Shape.PROSE, is_searchable=True)


@dataclass(frozen=True, kw_only=True)
class Scaled:
    """How things are for one person, from 0 (as bad as can be) to 10 (good enough that no help is needed)."""

    person: str | None = described("Of the family", Shape.PERSON)
    who: str = described("Or somebody else", Shape.TEXT)
    score: int | None = described(
        "From 0 to 10",
        Shape.NUMBER,
        is_required=True,
        least=0,
        most=10,
        ends=("As bad as can be", "Good enough: no help needed"),
    )
    why: str = described("What makes it that number", Shape.TEXT, is_searchable=True)


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """One step of the plan that comes out of it."""

    what: str = described("What", Shape.TEXT, is_required=True, is_searchable=True)
    who: str = described("Who", Shape.TEXT)
    by_on: str | None = described("By", Shape.DATE, may_be_future=True)
    difference: str = described("How we will know that it helped", Shape.TEXT)


@dataclass(frozen=True, kw_only=True)
class CopyGiven:
    """To whom a copy went, when and how."""

    to: str = described("To", Shape.TEXT, is_required=True, is_searchable=True)
    given_on: str | None = described("On", Shape.DATE)
    how: str = described("How", Shape.CODE, choices=GIVEN_HOW)


@kind(
    "assessment",
    "Early Help Assessment",
    "Early Help Assessments",
    basis=Basis.PUBLIC_TASK,
    purpose="To find out with the family what would help, before things get worse",
    happened="started_at",
    is_signable=True,
    needs_agreement="assessment",
    groups=(
        Group("children", "Children"),
        Group("household", "Household"),
        Group(
            "responsibility", "Parental responsibility", "Begins with what the family file says. Check it with them."
        ),
        Group("professionals", "Professionals"),
        Group("reason", "Reason"),
        Group("voice", "Child’s voice and day", "As the child said or showed it, one child at a time"),
        Group("parents", "Parents’ views"),
        Group("worries", "Worries and strengths", "Everybody’s words, and a number from each person"),
        Group("health", "Health"),
        Group("development", "Development", "What the child can do, what helps and what gets in the way"),
        Group("parenting", "Parenting"),
        Group("environment", "Family and environment"),
        Group("analysis", "Analysis"),
        Group("factors", "Factors found"),
        Group("plan", "Plan"),
        Group("decision", "Decision"),
        Group("copies", "Copies given"),
    ),
)
@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Written with the family's agreement only; signed by the practitioner, with the family's signatures attached."""

    started_at: str | None = described("Started", Shape.MOMENT, group="children", is_required=True)
    children: tuple[AssessedChild, ...] = described(
        "Children",
        Shape.ROWS,
        group="children",
        row_type=AssessedChild,
        is_required_to_sign=True,
        is_carried_forward=True,
    )
    household: tuple[str, ...] = described(
        "Who lives in the home", Shape.PEOPLE, group="household", is_carried_forward=True
    )
    elsewhere: tuple[str, ...] = described(
        "Family who live elsewhere", Shape.PEOPLE, group="household", is_carried_forward=True
    )
    household_note: str = described(
        "Who else matters to the children", Shape.PROSE, group="household", is_searchable=True, is_carried_forward=True
    )
    responsible: tuple[Responsible, ...] = described(
        "People with parental responsibility",
        Shape.ROWS,
        group="responsibility",
        row_type=Responsible,
        is_carried_forward=True,
    )
    professionals: tuple[Professional, ...] = described(
        "Professionals", Shape.ROWS, group="professionals", row_type=Professional, is_carried_forward=True
    )
    asked_by: str = described("Who asked for it", Shape.CODE, group="reason", code_set="referral_source")
    reason: str = described(
        "Why now", Shape.PROSE, group="reason", is_required_to_sign=True, is_searchable=True, hint="What led to this"
    )
    tried: str = described("What has been tried before, and did it help?", Shape.PROSE, group="reason")
    voices: tuple[ChildsVoice, ...] = described("Children heard", Shape.ROWS, group="voice", row_type=ChildsVoice)
    views: tuple[ParentsView, ...] = described("Views", Shape.ROWS, group="parents", row_type=ParentsView)
    not_heard: str = described("A parent who was not heard: who, and why", Shape.TEXT, group="parents")
    worries: str = described(
        "What are we worried about?", Shape.PROSE, group="worries", is_required_to_sign=True, is_searchable=True
    )
    strengths: str = described(
        "What is working well?", Shape.PROSE, group="worries", is_required_to_sign=True, is_searchable=True
    )
    needed: str = described(
        "What needs to happen?", Shape.PROSE, group="worries", is_required_to_sign=True, is_searchable=True
    )
    scales: tuple[Scaled, ...] = described(
        "Numbers",
        Shape.ROWS,
        group="worries",
        row_type=Scaled,
        hint="Ask each person how things are, from 0 to 10, and why.",
    )
    health: str = described(
        "Health of each child", Shape.PROSE, group="health", is_special_category=True, is_carried_forward=True
    )
    learning: str = described("Learning and play", Shape.PROSE, group="development", is_carried_forward=True)
    feelings: str = described("Feelings and behaviour", Shape.PROSE, group="development", is_carried_forward=True)
    friends: str = described("Family and friends", Shape.PROSE, group="development", is_carried_forward=True)
    self_care: str = described("Looking after themselves", Shape.PROSE, group="development", is_carried_forward=True)
    care: str = described("Everyday care and safety", Shape.PROSE, group="parenting", is_carried_forward=True)
    warmth: str = described("Warmth and being there", Shape.PROSE, group="parenting", is_carried_forward=True)
    guidance: str = described("Routines and guidance", Shape.PROSE, group="parenting", is_carried_forward=True)
    family_history: str = described(
        "Family history and how the family works", Shape.PROSE, group="environment", is_carried_forward=True
    )
    home: str = described("Home, money and work", Shape.PROSE, group="environment", is_carried_forward=True)
    community: str = described(
        "Friends, neighbours and services", Shape.PROSE, group="environment", is_carried_forward=True
    )
    analysis: str = described(
        "What does it all mean for the children?",
        Shape.PROSE,
        group="analysis",
        is_required_to_sign=True,
        is_searchable=True,
    )
    factors: tuple[str, ...] = described(
        "Factors", Shape.CODES, group="factors", code_set="assessment_factors", is_special_category=True
    )
    plan: tuple[PlannedStep, ...] = described("Steps", Shape.ROWS, group="plan", row_type=PlannedStep)
    meet_on: str | None = described("The team meets on", Shape.DATE, group="plan", may_be_future=True)
    decision: str = described(
        "What was decided", Shape.CODE, group="decision", choices=DECISIONS, is_required_to_sign=True
    )
    decided_why: str = described("Why", Shape.PROSE, group="decision", is_searchable=True)
    lead: str = described("Lead practitioner", Shape.TEXT, group="decision", hint="Name and agency")
    comments: str = described("What the family says of this assessment", Shape.PROSE, group="decision")
    copies: tuple[CopyGiven, ...] = described("Copies", Shape.ROWS, group="copies", row_type=CopyGiven)

    def check(self, is_signing: bool) -> Iterator[FieldProblem]:
        """Yield what does not fit together."""
        for number, scaled in enumerate(self.scales):
            if not (scaled.person or scaled.who):
                yield FieldProblem(f"scales.{number}.who", "Or somebody else: say whose number this is")
        if "21" in self.factors and len(self.factors) > 1:
            yield FieldProblem("factors", "Factors: no factors identified stands alone")
        if is_signing:
            for number, voice in enumerate(self.voices):
                if not (voice.words or voice.day or voice.why_not):
                    yield FieldProblem(f"voices.{number}.words", "Child’s voice: write it, or say why not")

    def title(self) -> str:
        """Return what a timeline shows."""
        return "Early Help Assessment"

    def summary(self) -> str:
        """Return the line beneath it."""
        return dict(DECISIONS).get(self.decision, self.reason)
