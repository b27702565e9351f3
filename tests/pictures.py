"""Takes a picture of every place that the window has, in light, in dark and with large text, and lists them all.

By hand: ``script/pictures``. It writes ``docs/pictures/screens`` and ``docs/screens.md``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.worker import phrases
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.holding.screen import HoldingScreen
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice, current_theme
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.main_window import MainWindow
from sf_desktop.ui.search.screen import SearchScreen
from sf_record.configuration import ContactNumber, Phrase, WorkerName
from sf_record.description import Role
from tests.builders.desks import RunsAtOnce, seeded
from tests.builders.entrances import ENTRANCES, dialogs, entered
from tests.builders.offices import an_office, open_vault, transaction, with_families
from tests.builders.tour import Stop, stops, tour_window

ROOT = Path(__file__).resolve().parent.parent
FOLDER, PAGE = ROOT / "docs" / "pictures" / "screens", ROOT / "docs" / "screens.md"
SIZE = (1366, 768)
LEAST_TURNS, MOST_TURNS, PATIENCE_MS = 4, 400, 5_000


@dataclass(frozen=True)
class Looks:
    """One way in which the window may look."""

    name: str
    label: str
    choice: ThemeChoice
    percent: int


EVERY_LOOKS = (
    Looks("light", "Light", ThemeChoice.LIGHT, 100),
    Looks("dark", "Dark", ThemeChoice.DARK, 100),
    Looks("large", "Text at 200 %", ThemeChoice.LIGHT, 200),
)
OF_SUPERVISOR = frozenset({"allocation", "new_file", "bring_in", "group", "holding"})
PHRASES = (
    Phrase(label="Home conditions", text="The home was [warm or cold], and [tidy or not].", where=("visit.observed",)),
    Phrase(label="Case discussion", text="Discussed with: [name]\nAgreed: ", where=("note",)),
)
HEAD = """# Every screen

Each place that the window has, the form of each kind of record, what stands before the window and over it: with
invented families, in light, in dark and with text at 200 %. Taken by `script/pictures`, which walks as the
accessibility test does (`test_access.py`).
"""


class Sitter:
    """A window with every screen, before which nobody sits."""

    def __init__(self, folder: Path) -> None:
        seed = seeded()
        self.connection = open_vault(folder)
        office = an_office(self.connection, seed, attachments=folder / "attachments")
        with_families(office, seed, 3, 60)
        numbers = (ContactNumber(label="Safeguarding hub", number="01632 960000"),)
        known = replace(office.configuration, phrases=PHRASES, contacts=numbers)
        self.runner = RunsAtOnce(replace(office, configuration=known))
        self.desk = Desk(self.runner)
        self.window = tour_window(self.desk)
        self.window.resize(*SIZE)
        self.window.show()
        self.do(phrases.keep, "Thanks", "Thank you for [what].")

    @property
    def office(self) -> Office:
        return self.runner.office

    def do(self, verb: Callable[..., Any], *args: Any) -> Any:
        """Run a verb beside the window."""
        with transaction(self.connection):
            return verb(self.office, *args)

    @contextmanager
    def in_role_of(self, screen: str) -> Iterator[None]:
        """Sit a supervisor with a team down before a screen that is a supervisor's."""
        before = self.runner.office
        if screen in OF_SUPERVISOR:
            self.runner.office = _supervised(before)
        yield
        self.runner.office = before

    def family_ids(self) -> tuple[str, ...]:
        """The families, by name."""
        from sf_desktop.ops.families.families import family_ids

        found: tuple[str, ...] = self.do(family_ids)
        return found

    def settle(self) -> None:
        """Wait until everything is answered, laid out and painted."""
        for turn in range(MOST_TURNS):
            QApplication.processEvents()
            replies = getattr(self.window.stack.current(), "replies", None)
            if isinstance(replies, Replies) and replies.open_count:
                QSignalSpy(replies.settled).wait(PATIENCE_MS)
            elif turn > LEAST_TURNS and self.desk.is_quiet:
                return

    def close(self) -> None:
        """Let everything go."""
        self.desk.close()
        self.window.hide()
        self.window.deleteLater()
        QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)
        self.connection.close()


def _supervised(office: Office) -> Office:
    """Return the office as a supervisor's, with two of the team and somebody of a centre to choose from."""
    worker, team = office.me.worker, office.me.worker.team_id
    named = (
        ("c01", "P. Colleague", "practitioner"),
        ("c02", "R. Colleague", "practitioner"),
        ("c03", "K. Keeper", "centre"),
    )
    others = [WorkerName(id=f"01900000-0000-7000-8000-000000000{end}", name=name, role=role, team_id=team)
              for end, name, role in named]  # fmt: skip
    me = Me(replace(worker, role=Role.SUPERVISOR), "S. Example", office.me.device_id)
    known = replace(office.configuration, workers=(*office.configuration.workers, *others))
    return replace(office, me=me, configuration=known)


@contextmanager
def sitting(folder: Path, looks: Looks) -> Iterator[Sitter]:
    """Give a window that looks like this."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = current_theme() or Theme(app)
    theme.choose(looks.choice)
    theme.scale_text(looks.percent)
    sitter = Sitter(folder)
    try:
        yield sitter
    finally:
        sitter.close()
        theme.choose(ThemeChoice.LIGHT)
        theme.scale_text(100)


def take(sitter: Sitter, looks: Looks, folder: Path, only: Collection[str] = ()) -> list[Stop]:
    """Take the pictures of a look: of all places, or only of these."""
    taken = []
    for stop in stops(sitter.do, sitter.family_ids(), sitter.window):
        if not only or stop.name in only:
            with sitter.in_role_of(stop.name):
                _go(sitter, sitter.window, stop)
            _save(sitter.window.grab().toImage(), folder / _file(stop, looks))
            taken.append(stop)
    return taken


def take_others(window: MainWindow, looks: Looks, folder: Path) -> list[Stop]:
    """Take what stands before a window and over it."""
    taken = []
    for entrance in ENTRANCES:
        with tempfile.TemporaryDirectory() as place, entered(entrance, Path(place), SIZE) as (entry, _):
            taken.append(Stop(entrance.name, entrance.label, ""))
            _save(entry.grab().toImage(), folder / _file(taken[-1], looks))
    for name, label, dialog in dialogs(window):
        taken.append(Stop(name, label, ""))
        _save(dialog.grab().toImage(), folder / _file(taken[-1], looks))
    return taken


def _go(sitter: Sitter, window: MainWindow, stop: Stop) -> None:
    window.go(GoTo(stop.screen, dict(stop.subject)))
    sitter.settle()
    screen = window.stack.current()
    if isinstance(screen, SearchScreen):
        window.top.put_search(str(stop.subject["text"]))
        screen.take_focus()  # which waits for no pause in typing
        sitter.settle()
    if isinstance(screen, HoldingScreen):
        screen.arrived(())  # what the council would answer
        sitter.settle()


def _save(image: QImage, path: Path) -> None:
    """Save it with its 256 commonest colours, and no loss beyond: the repository stays small."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    common = Counter(memoryview(plain.constBits()).cast("I")).most_common(256)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = plain.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _ in common], flags)
    path.parent.mkdir(parents=True, exist_ok=True)
    plainly = small.convertToFormat(QImage.Format.Format_RGB32)
    assert plainly.save(str(path), "WEBP", 100)  # type: ignore[call-overload]  # the stubs of 6.11 want bytes


def _file(stop: Stop, looks: Looks) -> str:
    return f"{stop.name}-{looks.name}.webp"


def page(taken: Iterable[Stop], folder: Path) -> str:
    """Return the page that lists the pictures which lie there."""
    lines = [HEAD]
    for stop in taken:
        files = [(looks, _file(stop, looks)) for looks in EVERY_LOOKS]
        cells = [f"![{stop.label}, {looks.label.lower()}](pictures/screens/{name})" for looks, name in files
                 if (folder / name).exists()]  # fmt: skip
        lines += [f"## {stop.label}", "", " ".join(cells), ""]
    return "\n".join(lines)


def main() -> None:
    """Take all of them, and write the page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    for old in FOLDER.glob("*"):
        old.unlink()
    taken: list[Stop] = []
    for looks in EVERY_LOOKS:
        with tempfile.TemporaryDirectory() as folder, sitting(Path(folder), looks) as sitter:
            found = [*take(sitter, looks, FOLDER), *take_others(sitter.window, looks, FOLDER)]
            taken = taken or found
            print(f"{looks.label}: {len(found)} pictures")
    PAGE.write_text(page(taken, FOLDER), encoding="utf-8")


if __name__ == "__main__":
    main()
