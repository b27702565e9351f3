"""The way to the council as somebody before the window meets it: a pulled cable, nonsense, a wrong clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from sf_desktop.ops import writing
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.office import Done, Office
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.session import Session
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.workplace import Workplace
from sf_record.dates import moment_text
from tests.fakes.network import http_answer
from tests.ui.finding import at_work
from tests.ui.window.conftest import PATIENCE_MS, Table

NONSENSE = {
    "a network that wants a sign-in": http_answer(
        body=b"<html>Welcome to the pretend cafe</html>", content_type="text/html"
    ),
    "a proxy that refuses": http_answer("403 Forbidden", b"<html>No</html>", "text/html"),
    "a council that fails": http_answer("500 Internal Server Error", b"oops", "text/plain"),
    "an answer that the council did not sign": http_answer(body=b'{"at":"2026-11-23T09:00:00.000000Z"}'),
}
SAID = {
    "a network that wants a sign-in": "Something else answers instead of the council.",
    "a proxy that refuses": "Something else answers instead of the council.",
    "a council that fails": "The council does not answer.",
    "an answer that the council did not sign": "The council’s answer does not carry its signature.",
}


def shown(widget: QWidget) -> str:
    """Return everything that can be read."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def unlocked(table: Table) -> tuple[Workplace, Session]:
    desktop = table.start()
    table.unlock(desktop)
    return at_work(table.qtbot, desktop)


def until(table: Table, widget: QWidget, words: str) -> None:
    table.qtbot.waitUntil(lambda: words in shown(widget), timeout=PATIENCE_MS)


def write(office: Office, text: str) -> Done:
    body = {"type": "note", "happened_at": moment_text(office.clock.now()), "text": text}
    return writing.create(office, "note", family_ids(office)[0], body, sign=True)


def test_a_draft_that_is_open_is_said_to_be_on_this_laptop_only_at_once(table: Table) -> None:
    """The foot of the window said that everything was with the council, while a new note was written above it."""
    workplace, session = unlocked(table)
    window = workplace.window
    until(table, window.foot, "Everything is with the council.")
    window.go(GoTo("family", {"family": session.submit(family_ids).result()[0]}))
    table.qtbot.waitUntil(lambda: workplace.desk.is_quiet, timeout=PATIENCE_MS)
    family = window.stack.current()
    assert family is not None
    family.begin("note")
    until(table, window.foot, "One draft is on this laptop only")


def test_a_cable_pulled_in_the_middle_of_a_round_loses_nothing_and_says_so(table: Table) -> None:
    workplace, session = unlocked(table)
    window = workplace.window
    until(table, window, "Everything is with the council.")
    window.go(GoTo("ledger"))
    with table.town.network.hanging():
        workplace.desk.ask(write, "Pretend words.")
        until(table, window, "One change waits to be sent")
        session.send_now()
        until(table, window.foot, "Sending.")
        with table.town.network.offline():
            until(table, window, "The council does not answer.")
            assert "Everything" not in shown(window.foot)
    session.send_now()
    until(table, window, "Everything is with the council.")
    until(table, window, "The council has everything that was saved on this laptop.")


def test_a_council_that_answers_nonsense_is_named_for_what_it_does_and_nothing_is_lost(table: Table) -> None:
    workplace, session = unlocked(table)
    window = workplace.window
    until(table, window, "Everything is with the council.")
    with table.town.network.offline():
        session.submit(write, "Pretend words.").result()
    for what, answer in NONSENSE.items():
        with table.town.network.answering(answer):
            session.send_now()
            until(table, window.foot, SAID[what])
            assert "Waiting" in shown(window.foot)
    council = table.town.council
    with table.town.network.answering(lambda asked: council.answer(asked, b'{"at": 7, "records": "all"}')):
        session.send_now()
        until(table, window.foot, "The council’s answer could not be read.")
        assert "Waiting" in shown(window.foot)
    session.send_now()
    until(table, window, "Everything is with the council.")
    assert session.submit(status_counts).result().unreceipted == 0


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_a_year_wrong_clears_nothing_and_the_council_puts_it_right(table: Table, days: int) -> None:
    workplace, _ = unlocked(table)
    until(table, workplace.window, "Everything is with the council.")
    right = table.town.clock.now()
    table.desktops[-1].end()
    with table.town.network.offline():
        table.town.clock.set(right + timedelta(days=days))
        wrong = table.start()
        table.unlock(wrong)
        if days > 0:  # a jump forward locks until the council was heard, and wipes nothing at its first start
            lock = table.shows(wrong, LockScreen)
            until(table, lock, "If the date is wrong, set it.")
        else:
            at_work(table.qtbot, wrong)
        wrong.end()
    table.town.clock.set(right + timedelta(minutes=2))  # once a minute a lease is given anew
    workplace, _ = unlocked(table)
    until(table, workplace.window, "Everything is with the council.")
