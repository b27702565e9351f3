"""Invents a family's chronology: what happened before and since it was known, with how much is known of each date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.kinds.significant_event import SignificantEvent
from sf_record.pretend.households import YEARS_KNOWN, Household
from sf_record.pretend.writer import Writer

# So many years before today, how much of the date is known, what, fact or opinion, source, impact.
_EVENTS = (
    (9, "%Y", "The family moved here from Pretendton", "fact", "Mother, at the first visit", ""),
    (5, "%Y-%m", "The eldest was kept in hospital overnight after a fall", "fact", "Letter from the hospital", ""),
    (
        4, "%Y-%m-%d", "A neighbour called the police to shouting in the house", "fact", "Police report",
        "The children were awake and heard it. The youngest would not sleep alone for weeks.",
    ),
    (
        3, "%Y-%m", "Both parents stopped coming to the drop-in", "opinion", "Health visitor, by telephone",
        "Nobody outside the home saw the children for a month.",
    ),
    (2, "%Y-%m-%d", "Gran moved in next door", "fact", "Gran", "Somebody is there after school."),
)  # fmt: skip


def write_chronology(writer: Writer, home: Household, today: date) -> None:
    """Write it, as the lead practitioner put it together in the family's second month."""
    at = datetime.combine(today - timedelta(days=365 * YEARS_KNOWN - 61), time(15), UTC)
    for number, (years, known, what, sort, source, impact) in enumerate(_EVENTS):
        happened = today - timedelta(days=365 * years + 40 * number)
        line = SignificantEvent(
            happened_on=happened.strftime(known),
            what=what,
            about=home.children if number else (*home.adults, *home.children),
            sort=sort,
            source=source,
            impact=impact,
        )
        writer.create(line, home.cast.lead, at + timedelta(minutes=3 * number))
