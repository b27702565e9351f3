"""The whole program: cleared while at work, cleared at its lease's end, recovered with a code; in the real keyring."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from sf_council.database.laptop import laptops
from sf_desktop.desktop import Desktop
from sf_desktop.ops import writing
from sf_desktop.ops.records import notes
from sf_desktop.store.ending.wiping import wiped_homes
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.lock.handing_in import HandingIn
from sf_desktop.ui.lock.recovery import RECOVERED, RecoveryScreen
from sf_desktop.ui.lock.screen import LockScreen
from sf_record.dates import moment_text
from tests.ui.finding import answered, at_work, named, press, write
from tests.ui.window.conftest import PATIENCE_MS, Table

NEW = "pretend ladder autumn pebble"


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_an_order_clears_a_laptop_at_work_and_what_was_unsent_can_be_handed_in(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    device_id, council = table.identity.device_id, table.town.council
    first = table.start()
    table.unlock(first)
    workplace, session = at_work(table.qtbot, first)
    with council.offline():
        body = {"type": "note", "happened_at": moment_text(table.town.clock.now()), "text": "Pretend words."}
        family = council_families(table)[0]
        session.submit(writing.create, "note", family, body).result()
        draft = session.submit(notes.start_note, family, "note", "Pretend words, not fini").result()
    window = workplace.window
    window.go(GoTo("note", {"draft": draft.id}))
    table.qtbot.waitUntil(lambda: bool(areas(window)), timeout=PATIENCE_MS)
    council.revoke(device_id)
    table.command("device", "wipe", device_id, "--reason", "lost")
    areas(window)[0].insertPlainText("Typed as the order came. ")
    session.send_now()
    table.qtbot.waitUntil(lambda: first.is_locking, timeout=PATIENCE_MS)
    first.end()
    assert homes(table.where.vaults) == ()

    second = table.start()
    shown = table.shows(second, HandingIn)
    assert "This laptop was cleared on" in words(shown)
    (left,) = wiped_homes(table.where.vaults)
    assert named(shown, "Folder of the sealed file", QLabel).text() == str(left.home.folder)
    table.qtbot.waitUntil(lambda: bool(wiped_homes(table.where.vaults)[0].farewell.confirmed_at), timeout=PATIENCE_MS)
    capsys.readouterr()
    assert "the file sealed.outbox and the file sealed.drafts" in words(shown)
    table.command("import-sealed", str(left.home.folder))
    said = capsys.readouterr().out
    assert "1  taken" in said
    assert "1  begun and never finished, in the holding tray" in said
    (line,) = council.do(lambda c: c.exec_driver_sql("SELECT line FROM holding").fetchall())
    assert b"Typed as the order came. Pretend words, not fini" in bytes(line[0])
    table.command("device", "show", device_id)
    assert "confirmed (lost)" in capsys.readouterr().out


def areas(window: QWidget) -> list[QTextEdit]:
    """Where the text of a note is written."""
    return [each for each in window.findChildren(QTextEdit) if each.accessibleName() == "Note"]


def council_families(table: Table) -> tuple[str, ...]:
    rows = table.town.council.do(lambda c: c.exec_driver_sql("SELECT family_id FROM family").fetchall())
    return tuple(str(each[0]) for each in rows)


def worked_on(table: Table) -> VaultHome:
    """Unlock the laptop, work until its lease lies beside the vault, and end the program."""
    first = table.start()
    table.unlock(first)
    at_work(table.qtbot, first)
    home = homes(table.where.vaults)[0]
    table.qtbot.waitUntil(home.lease.exists, timeout=PATIENCE_MS)
    first.end()
    return home


def test_an_order_reaches_a_laptop_that_nobody_unlocks(table: Table) -> None:
    home = worked_on(table)
    table.command("device", "wipe", table.identity.device_id, "--reason", "stolen")
    second = table.start(look_after_ms=100)
    assert "The council ordered it." in words(table.shows(second, HandingIn))
    assert not home.database.exists()


def test_at_the_end_of_its_lease_it_says_so_before_anybody_unlocks(table: Table) -> None:
    worked_on(table)
    table.town.clock.forward(31 * 86_400)
    with table.town.council.offline():
        second = table.start()
        screen = table.shows(second, LockScreen)
        assert isinstance(screen, LockScreen)
        answered(table.qtbot, screen)
        assert "has been cleared" in words(screen)
        press(screen, "Go on")
        assert "not been heard of" in words(table.shows(second, HandingIn))
    reports = table.town.council.do(
        lambda c: laptops.reports(c, table.town.council.council.id, table.identity.device_id)
    )
    assert reports == []


def test_a_forgotten_passphrase_is_got_over_through_the_window(
    table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    key = tmp_path / "offline.key"
    table.command("recovery", "move", str(key))
    first = table.start()
    press(recovered(table, first, key, capsys), "Open this laptop")
    workplace, _ = at_work(table.qtbot, first)
    banner = workplace.window.banner
    assert (banner.title_label.text(), banner.advice_label.text()) == RECOVERED
    assert banner.isVisible()
    first.end()

    second = table.start()
    table.unlock(second, NEW)
    workplace, _ = at_work(table.qtbot, second)
    assert workplace.window.banner.isHidden()


def recovered(table: Table, desktop: Desktop, key: Path, capsys: pytest.CaptureFixture[str]) -> RecoveryScreen:
    """Ask for a recovery at the lock screen, and write the council's answer and a new passphrase."""
    lock = table.shows(desktop, LockScreen)
    assert isinstance(lock, LockScreen)
    answered(table.qtbot, lock)
    press(lock, "I have forgotten my passphrase")
    screen = table.shows(desktop, RecoveryScreen)
    assert isinstance(screen, RecoveryScreen)
    answered(table.qtbot, screen)
    code = named(screen, "Request code", QLabel).text()
    assert table.identity.device_id in words(screen)
    capsys.readouterr()
    device = table.identity.device_id
    table.command("recovery", "answer", device, code, "--key", str(key), "--approved-by", "supervisor")
    named(screen, "Answer code", QTextEdit).setPlainText(capsys.readouterr().out)
    write(screen, "New passphrase", NEW)
    write(screen, "The same new passphrase again", NEW)
    return screen


def test_a_recovery_without_a_signal_after_a_long_absence_leads_to_the_new_passphrase(
    table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    key = tmp_path / "offline.key"
    table.command("recovery", "move", str(key))
    before = table.start()
    table.unlock(before)
    at_work(table.qtbot, before)
    home = homes(table.where.vaults)[0]
    table.qtbot.waitUntil(home.lease.exists, timeout=PATIENCE_MS)
    before.end()

    table.town.clock.forward(10 * 86_400)
    desktop = table.start()
    with table.town.network.offline():
        press(recovered(table, desktop, key, capsys), "Open this laptop")
        lock = table.shows(desktop, LockScreen)
        assert "Your new passphrase holds" in words(lock)
        table.unlock(desktop, NEW)
        table.qtbot.waitUntil(lambda: "has to speak to the council first" in words(lock), timeout=PATIENCE_MS)
    table.unlock(desktop, NEW)
    at_work(table.qtbot, desktop)


def test_ten_wrong_passphrases_destroy_the_keys_and_a_recovery_begins(table: Table) -> None:
    first = table.start()
    lock = table.shows(first, LockScreen)
    assert isinstance(lock, LockScreen)
    answered(table.qtbot, lock)
    for left in range(9, -1, -1):
        table.town.clock.forward(700)
        if not lock.button.isEnabled():
            lock._pause(0)  # the countdown on the screen goes by a timer; the vault's own pause by the clock
        write(lock, "Passphrase", f"wrong pretend passphrase {left}")
        press(lock, "Unlock")
        answered(table.qtbot, lock)
        if left:
            assert f"Tries left: {left}" in words(lock)
            assert "not yet sent survives" in words(lock)
    assert "keys were destroyed" in words(lock)
    assert homes(table.where.vaults)[0].sealed_outbox.exists()
    first.end()

    second = table.start()
    again = table.shows(second, LockScreen)
    assert isinstance(again, LockScreen)
    answered(table.qtbot, again)
    assert "keys were destroyed" in words(again)
    press(again, "Hand in unsent work")
    press(table.shows(second, HandingIn), "Back")
    screen = table.shows(second, LockScreen)
    assert isinstance(screen, LockScreen)
    answered(table.qtbot, screen)
    press(screen, "Start a recovery")
    table.shows(second, RecoveryScreen)
