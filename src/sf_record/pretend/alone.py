"""Invents that somebody who visited alone said so, and came out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sf_record.dates import moment_text
from sf_record.kinds.under_way import UnderWay
from sf_record.pretend.households import Household
from sf_record.pretend.writer import Writer


def write_alone(writer: Writer, home: Household, today: date) -> None:
    """Write it of the last visit: in at ten, expected back at eleven, out before."""
    went_in = datetime.combine(today - timedelta(days=home.last_seen_days_ago), time(10), UTC)
    said = UnderWay(
        worker=home.cast.lead,
        started_at=moment_text(went_in),
        expected_at=moment_text(went_in + timedelta(hours=1)),
    )
    record_id = writer.create(said, home.cast.lead, went_in)
    came_out = went_in + timedelta(minutes=50)
    writer.change(record_id, came_out, {"finished_at": moment_text(came_out)}, {"finished_at": None})
