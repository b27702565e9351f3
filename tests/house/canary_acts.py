"""What the window is put through for the sweep: ``python -m tests.house.canary_acts ACT SETTING.json``.

The real program, with a keyring, a vault and a council that is sometimes unwell. What anybody else on this computer
could see of it (its windows' titles, its command line) is kept in a file of the home that is swept.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from acts import NOTE, SEARCH, Setting, enrol, grow
from hands import Player, Story, Until, click, click_all, find, press, reads, sees, the, type_into
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTextEdit

from sf_desktop.app import build, prepare, read_options
from sf_desktop.desktop import Desktop
from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_record.dates import moment_text
from sf_record.pretend import canaries

BIRD = canaries(1)[0]
LOG = logging.getLogger("sf_desktop.pretend")


class Witness:
    """Writes down, as long as the program runs, what others can see of it."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._seen: set[str] = {Path("/proc/self/cmdline").read_text()}

    def look(self) -> None:
        """Keep the titles of all windows."""
        for window in QApplication.topLevelWidgets():
            self._seen.add(f"title: {window.windowTitle()}")
        self._place.write_text("\n".join(sorted(self._seen)))


def trouble(here: Setting, desktop: Desktop, taken: tuple[str, str]) -> Story:
    """The council fails at everything; a wrong passphrase, a search, a visit, a verb and a slot that break."""
    yield sees("Passphrase", QLineEdit)
    type_into("Passphrase", BIRD.sentence)
    click("Unlock")
    yield reads("That is not the passphrase")
    yield from _unlocked(here)
    press("Ctrl+K")
    type_into(SEARCH, BIRD.mark[:6].lower())
    yield sees("What was found", QAbstractItemView)
    type_into(SEARCH, BIRD.mark[6:].lower())
    yield reads("Nothing has all of these words")
    yield from _visited()
    yield from _put_on_paper()
    assert desktop.workplace is not None
    desk = desktop.workplace.desk
    desk.ask(_take, *taken)
    desk.ask(_break)
    QTimer.singleShot(0, _break)
    LOG.warning("saved for %s", BIRD.sentence)
    yield Until(lambda: len(list(Path(here.data_dir, "crashes").glob("crash-*"))) >= 1, "a crash is reported")
    yield Until(lambda: desk.is_quiet, "has its answers")
    QSettings().sync()
    here.told("everything went wrong that was to go wrong")


def mended(here: Setting, _desktop: Desktop, _taken: tuple[str, str]) -> Story:
    """The council is well again: it takes the visit and refuses the note whose id is taken."""
    yield from _unlocked(here)
    yield reads("Needs you", within_s=60)
    yield reads("With the council")
    click("Sending")
    yield sees("Everything saved on this laptop", QAbstractItemView)
    here.told("one event was refused, the others are with the council")


def _unlocked(here: Setting) -> Story:
    yield sees("Passphrase", QLineEdit)
    yield Until(lambda: the(QLineEdit, "Passphrase").isEnabled(), "can be unlocked")
    the(QLineEdit, "Passphrase").clear()
    type_into("Passphrase", here.passphrase)
    yield sees("Unlock")
    click("Unlock")
    yield sees(SEARCH, QLineEdit, within_s=60)
    yield Until(QApplication.activeWindow, "the window has the keyboard")


def _visited() -> Story:
    press("Ctrl+1")
    yield sees("Start visit")
    click("Start visit")
    yield sees("Place: Family home")
    click("Place: Family home")
    yield sees("Children seen")
    click("Children seen")
    yield sees("Seen: Yes")
    for answer in ("Seen: Yes", "Seen alone: Yes", "Bedroom seen: Yes"):
        click_all(answer)
    yield sees("What you saw")
    click("What you saw")
    yield sees(NOTE, QTextEdit)
    type_into(NOTE, BIRD.sentence)
    yield reads("Saved on this laptop")
    yield sees("Check and sign")
    click("Check and sign")
    yield sees("Sign")
    click("Sign")
    yield Until(lambda: find(QTextEdit, NOTE) is None, "leaves the form")


def _put_on_paper() -> Story:
    """What to know before a visit is read, and set as a paper to be looked at."""
    press("Ctrl+1")
    yield sees("Read first")
    click("Read first")
    yield sees("Open the family file")
    press("Ctrl+P")
    yield sees("Read it as words")
    click("Read it as words")


def _take(office: Office, family_id: str, record_id: str) -> None:
    """Write a note under an id that the council has given to another record."""
    body = {"type": "note", "happened_at": moment_text(office.clock.now()), "text": BIRD.sentence}
    writing.create(office, "note", family_id, body, record_id=record_id)


def _break(*_: Any) -> None:
    raise RuntimeError(BIRD.sentence) from KeyError(BIRD.name)


def main() -> int:
    """Play one act; 0 if every step held."""
    act, path = sys.argv[1], Path(sys.argv[2])
    told = json.loads(path.read_text())
    path.unlink()
    taken, witnessed = told.pop("taken"), Path(told.pop("witnessed"))
    here = Setting(**{**told, "pictures": Path(told["pictures"]), "mark": Path(told["mark"])})
    options = read_options(["--data-dir", here.data_dir])
    prepare(options)
    app, desktop = build(options)
    desktop.begin()
    grow()
    stories = {"trouble": trouble, "mended": mended}
    player = Player(stories[act](here, desktop, taken) if act in stories else enrol(here), here.pictures)
    witness = Witness(witnessed)
    looking = QTimer(player)
    looking.timeout.connect(witness.look)
    looking.start(50)
    player.start()
    status = app.exec()
    desktop.end()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
