"""What the foot of the window says: never more than is true."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from sf_desktop import wording
from sf_desktop.sync.load import Progress
from sf_desktop.sync.scheduler import Wire
from sf_desktop.sync.status import status_words

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HEARD = "2026-11-23T14:05:00.000000Z"


@dataclass(frozen=True)
class Counted:
    """The ledger's counts."""

    saved: int = 7
    with_council: int = 5
    waiting: int = 2
    needs_you: int = 0
    unreceipted: int = 2
    last_receipt_at: str | None = HEARD
    files_waiting: int = 0
    drafts: int = 0
    concerns: int = 0
    phone: str = ""


def test_the_sentences_of_the_status() -> None:
    words = status_words(Counted(needs_you=1, unreceipted=3), Wire(heard_at=HEARD), NOW, "Copies leave on 29 Nov")
    assert words.parts == (
        ("Saved on this laptop", "7", ""),
        ("With the council", "5", "(14:05)"),
        ("Waiting", "2", ""),
        ("Needs you", "1", ""),
    )
    assert words.right == "Copies leave on 29 Nov"
    assert "With the council 5 (14:05)" in words.spoken()


def test_large_numbers_are_written_as_everywhere_else() -> None:
    assert status_words(Counted(waiting=2400), Wire(), NOW).parts[2] == ("Waiting", "2,400", "")


def test_yesterday_is_said_with_its_day() -> None:
    words = status_words(Counted(last_receipt_at="2026-11-22T08:01:00.000000Z"), Wire(), NOW)
    assert words.parts[1][2] == "(22 Nov 08:01)"


def test_never_all_sent_while_one_event_waits() -> None:
    wires = [
        Wire(), Wire(heard_at=HEARD), Wire(is_busy=True, heard_at=HEARD), Wire(heard_at=HEARD, differing=1),
        Wire(heard_at=HEARD, error=wording.error("offline")), Wire(is_busy=True, progress=Progress(1, 2)),
    ]  # fmt: skip
    for wire, left in itertools.product(wires, (1, 5)):
        assert "Everything" not in status_words(Counted(waiting=0, unreceipted=left), wire, NOW).lead
    file = Counted(waiting=0, unreceipted=0, files_waiting=1)
    assert "Everything" not in status_words(file, Wire(heard_at=HEARD), NOW).lead
    assert ("Files on their way", "1", "") in status_words(file, Wire(heard_at=HEARD), NOW).parts
    done = Counted(waiting=0, unreceipted=0)
    assert status_words(done, Wire(heard_at=HEARD), NOW).lead == "Everything is with the council."
    assert "Everything" not in status_words(done, Wire(), NOW).lead


def test_a_round_that_is_tried_again_says_so_while_it_lasts() -> None:
    away = Wire(heard_at=HEARD, error=wording.error("council_away"))
    assert status_words(Counted(), away, NOW).rest == "It is tried again by itself"
    trying = status_words(Counted(), replace(away, is_busy=True), NOW)
    assert (trying.lead, trying.rest) == ("The council does not answer.", "It is being tried now")
    revoked = Wire(is_busy=True, error=wording.error("device_revoked"))
    assert status_words(Counted(), revoked, NOW).rest == "Ring your manager; your work is kept"


@pytest.mark.parametrize("left", [0, 2])
def test_each_cause_has_its_own_sentence(left: int) -> None:
    codes = (
        "offline", "council_away", "sign_in_expired", "certificate_refused", "program_too_old", "clock_astray",
        "device_revoked", "not_a_council", "worker_disabled", "program_too_new",
    )  # fmt: skip
    said = {
        status_words(Counted(unreceipted=left), Wire(heard_at=HEARD, error=wording.error(code)), NOW).lead
        for code in codes
    }
    assert len(said) == len(codes)
    assert all(len(status_words(Counted(), Wire(error=wording.error(code)), NOW).parts) == 3 for code in codes)


def test_a_morning_without_anything_saved_counts_nothing() -> None:
    nothing = Counted(saved=0, with_council=0, waiting=0, unreceipted=0)
    assert status_words(nothing, Wire(heard_at=HEARD), NOW).parts == ()


@pytest.mark.parametrize("code", ["", "offline", "council_away", "sign_in_expired"])
def test_a_concern_without_a_receipt_says_phone_now_before_anything_else(code: str) -> None:
    wire = Wire(heard_at=HEARD, error=wording.error(code) if code else None)
    words = status_words(Counted(concerns=1, phone="Safeguarding hub: 01632 960001"), wire, NOW)
    assert words.lead == "Concern not sent: phone now."
    assert words.rest.startswith("Safeguarding hub: 01632 960001")
    assert code == "" or status_words(Counted(), wire, NOW).lead in words.rest
    more = status_words(Counted(concerns=2, phone="Safeguarding hub: 01632 960001"), wire, NOW)
    assert more.lead == "2 concerns not sent: phone now."


def test_an_answer_that_makes_no_sense_is_not_said_to_be_no_answer() -> None:
    words = status_words(Counted(), Wire(error=wording.error("answer_unreadable")), NOW)
    assert words.lead == "The council’s answer could not be read."
    assert "Nothing of it was kept" in words.rest


@pytest.mark.parametrize(
    ("families", "total", "said"),
    [(1, 0, "1 family file"), (2, 0, "2 family files"), (0, 1, "0 of 1 family file"), (1, 3, "1 of 3 family files")],
)
def test_one_family_file_is_not_several(families: int, total: int, said: str) -> None:
    wire = Wire(is_busy=True, progress=Progress(families, total, 40, 4_000))
    words = status_words(Counted(unreceipted=0, waiting=0), wire, NOW)
    assert words.rest == said


@pytest.mark.parametrize(
    ("drafts", "said"), [(1, "One draft is on this laptop only"), (3, "3 drafts are on this laptop only")]
)
def test_what_is_begun_is_not_said_to_be_with_the_council(drafts: int, said: str) -> None:
    words = status_words(Counted(waiting=0, unreceipted=0, drafts=drafts), Wire(heard_at=HEARD), NOW)
    assert (words.lead, words.rest) == ("Everything finished is with the council.", said)
