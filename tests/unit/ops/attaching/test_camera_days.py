"""A picture says when it was taken as its camera wrote it: a day that no calendar has, or no clock reckons, is none."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Target
from sf_desktop.ops.attaching.intake import Taken
from tests.builders.offices import an_office, open_vault, transaction, with_families


@pytest.fixture
def west_of_greenwich() -> Iterator[None]:
    if sys.platform == "win32":
        pytest.skip("a process has the computer's time zone there")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("west_of_greenwich")
@pytest.mark.parametrize("written", ["9999:12:31 23:59:59", "0000:00:00 00:00:00", "1904:01:01 00:00:00", ""])
def test_a_day_that_cannot_be_is_the_day_of_attaching(written: str, tmp_path: Path) -> None:
    office = an_office(open_vault(tmp_path), random.Random(3))
    held, *_ = with_families(office, random.Random(1), count=1)
    with transaction(office.connection):
        taken = Taken(b"pretend", "text/plain", "Pretend", taken_at=written)
        done = attachments.attach(office, Target(held.family_id), taken)
    assert attachments.one(office, done.record_id).body["taken_at"] == office.now()
