"""What may be chosen is told apart: two concerns of one day, and two records that are called alike."""

from __future__ import annotations

from typing import cast

from sf_desktop.ops import writing
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.linked import linked_records
from sf_record.dates import read_moment
from tests.fakes.clock import FrozenClock


def offered(office: Office, family_id: str, kind: str, of: str) -> dict[str, str]:
    return {each.id: each.name for each in linked_records(office, family_id, kind)[of]}


def test_two_concerns_of_one_day_are_told_apart_by_time_child_and_words(office: Office, family_id: str) -> None:
    one, other = [each for each in people(office, family_id) if each.is_child][:2]
    made = {}
    for minute, about, words in ((5, [one.id], "Pretend words that go on, " * 9), (40, [one.id, other.id], "")):
        body = {"happened_at": f"2026-11-20T14:{minute:02}:00.000000Z", "about": about, "words": words}
        made[minute] = writing.create(office, "concern", family_id, body).record_id
    names = offered(office, family_id, "concern_step", "concern")
    hour = read_moment("2026-11-20T14:05:00.000000Z").astimezone().strftime("%H")
    assert names[made[5]].startswith(
        f"20 November 2026, {hour}:05, about {one.name}: Pretend words that go on, Pretend"
    )
    assert names[made[5]].endswith("…")
    assert names[made[40]] == f"20 November 2026, {hour}:40, about {one.name}, {other.name}"


def test_what_is_called_alike_is_told_apart_by_when_it_was_written(office: Office, family_id: str) -> None:
    clock = cast("FrozenClock", office.clock)
    made = []
    for _ in range(2):
        body = {"want": "Pretend garden", "started_on": "2026-11-20"}
        made.append(writing.create(office, "goal", family_id, body, stood_before=True).record_id)
        clock.forward(60)
    names = offered(office, family_id, "goal_score", "goal")
    assert all(names[each].startswith("Pretend garden, written ") for each in made)
    assert len(set(names.values())) == len(names)
    assert sum(", written " in each for each in names.values()) == 2
