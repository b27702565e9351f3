"""Searching everything: whose names were shown is noted, each of them, and nothing that was typed."""

from __future__ import annotations

import random

from sf_desktop.ops.families.search import search
from sf_desktop.ops.office import Office
from sf_record.wire.audit import MOST_IDS, Look
from tests.builders.offices import with_families

FAMILIES = MOST_IDS + 40


def test_a_search_that_shows_more_names_than_a_row_holds_notes_them_all(office: Office, seed: random.Random) -> None:
    with_families(office, seed, count=FAMILIES, per_family=3)
    looks = office.tx.looks  # type: ignore[attr-defined]
    found = search(office, "pretend ", 1_000)
    shown = {each.family_id for each in (*found.families, *found.people, *found.notes)}
    assert len(shown) > MOST_IDS
    assert {each for look in looks for each in look.ids} == shown
    assert {(look.what, look.code) for look in looks} == {(Look.SEARCHED, str(len(look.ids))) for look in looks}
