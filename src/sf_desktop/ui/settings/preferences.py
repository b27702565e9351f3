"""What a person has chosen about the program itself: a small file beside the vault, read before unlocking."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, NamedTuple

_log = logging.getLogger(__name__)
THEMES = ("system", "light", "dark", "high_contrast")
TEXT_PERCENTS = range(100, 201)
LOCK_MINUTES = (2, 5, 10, 15)
ANYBODY = "anybody"  # in place of the vault used last: somebody else is to be let in
_NOTED = ("is_maximised", "last_vault", "system_theme")


class Preferences(NamedTuple):
    """No field may ever hold anything about a family or a person."""

    theme: str = "system"
    text_percent: int = 100
    lock_after_minutes: int = 5
    spelling: bool = True
    is_maximised: bool = False
    system_theme: str = ""  # which theme the system asked for last, so that the next start need not ask first
    last_vault: str = ""  # a folder's random name: whose lock screen comes first; else who one is may be asked


def read_preferences(path: Path) -> Preferences:
    """Read the file; what is missing, unknown or damaged is as if it had never been chosen."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    usual = Preferences()
    known = {name: type(value) for name, value in usual._asdict().items()}
    kept = raw if isinstance(raw, dict) else {}
    chosen = Preferences(**{name: kept[name] for name, kind in known.items() if type(kept.get(name)) is kind})
    is_known = chosen.theme in THEMES and chosen.text_percent in TEXT_PERCENTS
    return chosen if is_known and chosen.lock_after_minutes in LOCK_MINUTES else usual


def write_preferences(path: Path, chosen: Preferences) -> None:
    """Write the file whole or not at all."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(chosen._asdict(), indent=1), encoding="utf-8")
    fresh.replace(path)


class KeptPreferences:
    """What is chosen `now`, and the file of it. Where the disk takes nothing, it holds until the program ends."""

    def __init__(self, path: Path) -> None:
        self._path, self.now = path, read_preferences(path)

    def change(self, **values: Any) -> None:
        """Keep other values of these fields."""
        changed = self.now._replace(**values)
        if changed != self.now:
            self.now = changed
            self._write()

    def choose(self, chosen: Preferences) -> None:
        """Keep what somebody chose; what the program noted for itself meanwhile stays."""
        noted = {name: getattr(self.now, name) for name in _NOTED}
        self.change(**{**chosen._asdict(), **noted})

    def note_again(self, name: str) -> None:
        """Keep what is noted of this once more: another window on this account may have noted something else since."""
        there = read_preferences(self._path)
        ours = there._replace(**{name: getattr(self.now, name)})
        if ours != there:
            try:
                write_preferences(self._path, ours)
            except OSError:
                _log.warning("preferences_not_kept")

    def move(self, path: Path) -> None:
        """Keep what is chosen from here on in another file."""
        self._path = path

    def _write(self) -> None:
        try:
            write_preferences(self._path, self.now)
        except OSError:  # neither work nor locking waits for it
            _log.warning("preferences_not_kept")
