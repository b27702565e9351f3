"""A council's own lists: a line may be chosen from its first day until its last."""

from __future__ import annotations

from datetime import date

from sf_record.configuration import Configuration, Offered


def test_a_line_is_offered_from_its_first_day_until_its_last() -> None:
    bands = (
        Offered(code="A", label="Up to £100", effective_until="2026-05-31"),
        Offered(code="A", label="Up to £150", effective_from="2026-06-01"),
        Offered(code="B", label="More"),
    )
    kept = Configuration(cost_bands=bands)
    assert kept.lists(date(2026, 5, 31))["cost_bands"] == (("A", "Up to £100"), ("B", "More"))
    assert kept.lists(date(2026, 6, 1))["cost_bands"] == (("A", "Up to £150"), ("B", "More"))
