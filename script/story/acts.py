"""The acts of the demonstration, each played by the real window in a process of its own: ``acts.py ACT SETTING.json``.

Nothing is printed but the steps: no name, no sentence of a note.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from day import day
from hands import (
    Missed,
    Player,
    Story,
    Until,
    click,
    click_all,
    find,
    picture,
    press,
    reads,
    saved_times,
    sees,
    the,
    type_into,
    written,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QTextEdit
from typist import Typist

from sf_desktop.app import build, prepare, read_options
from sf_desktop.resources import code_sets

NOTE = "What you saw and heard"
SEARCH = "Search families, people and notes"
SCRIBBLED = "This is sentence number"


@dataclass(frozen=True)
class Setting:
    """Where an act is played: the laptop's folder, the council, who works there, and what is to be written."""

    data_dir: str
    address: str
    username: str
    password: str
    code: str
    passphrase: str
    sentences: tuple[str, ...]
    pictures: Path
    mark: Path  # a file that says how far the act is, for whoever is to kill it

    @property
    def typed(self) -> Path:
        """Where what was typed is left."""
        return self.mark.with_name("typed.json")

    @property
    def prefix(self) -> str:
        return self.username

    def snap(self, name: str) -> None:
        """Keep a picture of the window."""
        picture(self.pictures, name)

    def told(self, step: str) -> None:
        """Print a step that held, at once."""
        print(f"   {step}", flush=True)


def enrol(here: Setting) -> Story:
    """First run, and the first load."""
    yield sees("Council address", QLineEdit)
    here.snap("01-council")
    type_into("Council address", here.address)
    click("Find the council")
    yield sees("Sign-in name", QLineEdit)
    type_into("Sign-in name", here.username)
    type_into("Password", here.password)
    type_into("Laptop code", here.code)
    here.snap("02-sign-in")
    click("Sign in")
    yield sees("The same passphrase again", QLineEdit)
    type_into("Passphrase", here.passphrase)
    type_into("The same passphrase again", here.passphrase)
    here.snap("03-passphrase")
    click("Use this passphrase")
    yield sees("Fetch my families")
    here.snap("04-what-will-be-here")
    click("Fetch my families")
    yield sees(SEARCH, QLineEdit, within_s=120)
    yield reads("complete on this laptop")
    here.told("the laptop is enrolled and its caseload is complete on it")


def write(here: Setting) -> Story:
    """No signal: unlock, Today, a family file, search, and a visit that is cut off in mid-sentence."""
    yield from _unlocked(here)
    yield reads("The council does not answer.", within_s=60)
    here.told("unlocked with no council in reach, and the foot of the window says so")
    here.snap("06-today")
    click("Families")
    yield sees("Families", QAbstractItemView)
    yield _rows("Families")
    here.snap("07-families")
    press("Ctrl+1")
    yield sees("Read first")
    click("Read first")
    yield sees("Open the family file")
    here.told("what to know before a visit stands on one page")
    click("Open the family file")
    yield sees("Timeline", QAbstractItemView)
    yield _rows("Timeline")
    here.snap("08-family")
    here.told("a family file opens with its timeline")
    yield from _searched(here)
    press("Ctrl+1")
    yield sees("Start visit")
    click("Start visit")
    yield sees("Place: Family home")
    click("Place: Family home")
    here.snap("10-visit")
    yield sees("Children seen")
    click("Children seen")
    yield sees("Seen: Yes")
    for answer in ("Seen: Yes", "Seen alone: Yes", "Bedroom seen: Yes"):
        click_all(answer)
    here.snap("11-children")
    yield sees("What you saw")
    click("What you saw")
    yield sees(NOTE, QTextEdit)
    type_into(NOTE, " ".join(here.sentences))
    yield reads("Saved on this laptop")
    here.snap("12-writing")
    yield _saved_after(" And the last sentence is not quite fin")
    here.mark.write_text("mid-sentence")
    here.told("a long note stands in mid-sentence; now the program is killed")
    yield Until(lambda: False, "is killed", 60)


def sign(here: Setting) -> Story:
    """Unlock again: the window comes back to the visit. Find the sentence, finish it and sign."""
    yield from _unlocked(here)
    yield sees("What you saw")
    click("What you saw")
    yield sees(NOTE, QTextEdit)
    here.snap("13-draft")
    if not written(NOTE).endswith("is not quite fin") or here.sentences[0] not in written(NOTE):
        raise Missed("the sentence is there again")
    here.told("after the kill every word is there, to the middle of the sentence")
    the(QTextEdit, NOTE).moveCursor(the(QTextEdit, NOTE).textCursor().MoveOperation.End)
    type_into(NOTE, "ished.")
    click("Check and sign")
    yield sees("Sign")
    here.snap("14-check")
    click("Sign")
    yield reads("Saved on this laptop")
    yield Until(lambda: find(QTextEdit, NOTE) is None, "leaves the form")
    yield reads("Waiting")
    here.snap("15-signed")
    here.told("signed; the foot says it is saved on this laptop and waits")
    here.mark.write_text("signed")


def work(here: Setting) -> Story:
    """A whole day with no signal; what was typed is left beside the pictures, for whoever compares."""
    yield from _unlocked(here)
    yield reads("The council does not answer.", within_s=60)
    typist = Typist(code_sets())
    yield from day(typist, here.snap, here.told)
    here.typed.write_bytes(msgspec.json.encode({"typed": typist.typed, "came": typist.came}))


def deliver(here: Setting) -> Story:
    """The signal is back: one round takes the whole day to the council."""
    yield from _unlocked(here)
    yield reads("Everything is with the council.", within_s=120)
    here.told("one round: everything is with the council")


def send(here: Setting) -> Story:
    """The signal is back: a round, and the receipt."""
    yield from _unlocked(here)
    yield reads("Everything is with the council.", within_s=60)
    yield reads("With the council")
    click("Sending")
    yield sees("Everything saved on this laptop", QAbstractItemView)
    yield _rows("Everything saved on this laptop")
    here.snap("16-sending")
    here.told("a round has run: the council has it, and the ledger shows the receipt")
    click("Settings")
    yield sees("Colours: Dark")
    here.snap("17-settings")
    click("Colours: Dark")
    press("Ctrl+1")
    yield sees("Plan a visit")
    here.snap("18-today-dark")
    press("Ctrl+5")
    yield sees("Colours: As the computer")
    click("Colours: As the computer")
    press("F1")
    yield reads("Check and sign")
    here.snap("19-shortcuts")


def review(here: Setting) -> Story:
    """The supervisor's laptop shows the signed visit."""
    yield from enrol(here)
    type_into(SEARCH, here.sentences[0].split()[0])
    yield sees("What was found", QAbstractItemView)
    yield _rows("What was found")
    here.snap("20-supervisor-search")
    press("Down")
    press("Return")
    yield sees("Timeline", QAbstractItemView)
    yield _rows("Timeline")
    yield reads(here.sentences[0])
    here.snap("21-supervisor-visit")
    here.told("the supervisor's vault holds the signed visit")


def scribble(here: Setting) -> Story:
    """Write sentence after sentence into one visit; the mark says how many the program has called saved."""
    yield from _unlocked(here)
    yield from _at_the_note()
    known = written(NOTE)
    number = known.count(SCRIBBLED)
    while number < 200:
        number += 1
        yield _saved_after(f" {SCRIBBLED} {number}.")
        here.mark.write_text(str(number))


def recall(here: Setting) -> Story:
    """Find every sentence that had been called saved: their number stands in the mark."""
    yield from _unlocked(here)
    yield from _at_the_note()
    wanted = int(here.mark.read_text())
    found = written(NOTE)
    if not all(f"{SCRIBBLED} {number}." in found for number in range(1, wanted + 1)):
        raise Missed(f"all of {wanted} sentences that were called saved")
    here.told(f"{wanted} sentences were called saved, and all are there")


def _at_the_note() -> Story:
    """Go to the visit's prose, wherever the window opened: it comes back to where one was."""
    yield Until(lambda: find(QTextEdit, NOTE) or find(QAbstractButton, "Continue") or _may_start(), "a way to write")
    if find(QTextEdit, NOTE) is None:
        click("Continue" if find(QAbstractButton, "Continue") else "Start visit")
        yield sees("What you saw")
        click("What you saw")
    yield sees(NOTE, QTextEdit)


def _may_start() -> bool:
    return find(QAbstractButton, "Start visit") is not None


def _unlocked(here: Setting) -> Story:
    yield sees("Passphrase", QLineEdit)
    here.snap("05-locked")
    type_into("Passphrase", here.passphrase)
    click("Unlock")
    yield sees(SEARCH, QLineEdit, within_s=60)
    yield Until(QApplication.activeWindow, "the window has the keyboard")


def _searched(here: Setting) -> Story:
    press("Ctrl+K")
    type_into(SEARCH, "bed")
    yield sees("What was found", QAbstractItemView)
    yield _rows("What was found")
    here.snap("09-search")
    here.told("search finds notes as one types")


def _rows(name: str) -> Until:
    """Wait until a list shows rows."""
    return Until(lambda: _count(name) > 0, f"rows in {name!r}")


def _count(name: str) -> int:
    view = find(QAbstractItemView, name)
    return view.model().rowCount() if view is not None and view.model() is not None else 0


def _saved_after(more: str) -> Until:
    """Type more, and wait until the program itself says that this, too, is saved."""
    before = saved_times()
    area = the(QTextEdit, NOTE)
    area.moveCursor(area.textCursor().MoveOperation.End)
    type_into(NOTE, more)
    return Until(lambda: saved_times() != before, "says that the last words are saved")


ACTS: dict[str, Callable[[Setting], Story]] = {
    "enrol": enrol,
    "write": write,
    "sign": sign,
    "work": work,
    "deliver": deliver,
    "send": send,
    "review": review,
    "scribble": scribble,
    "recall": recall,
}


def main() -> int:
    """Play one act; 0 if every step held."""
    act, path = sys.argv[1], Path(sys.argv[2])
    told: dict[str, Any] = json.loads(path.read_text())
    here = Setting(
        **{
            **told,
            "pictures": Path(told["pictures"]),
            "mark": Path(told["mark"]),
            "sentences": tuple(told["sentences"]),
        }
    )
    options = read_options(["--data-dir", here.data_dir])
    prepare(options)
    app, desktop = build(options)
    desktop.begin()
    grow()
    player = Player(ACTS[act](here), here.pictures)
    player.start()
    status = app.exec()
    desktop.end()
    return status


def grow() -> None:
    """Make the window as large as the commonest council laptop."""
    for window in QApplication.topLevelWidgets():
        window.showNormal()  # on a small screen it fills that
        window.resize(1366, 768)


if __name__ == "__main__":
    raise SystemExit(main())
