"""What a person has chosen about the program itself: a small file beside the vault, read before unlocking."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

THEMES = ("system", "light", "dark", "high_contrast")
TEXT_PERCENTS = range(100, 201)
LOCK_MINUTES = (2, 5, 10, 15)


class Preferences(NamedTuple):
    """No field may ever hold anything about a family or a person."""

    theme: str = "system"
    text_percent: int = 100
    lock_after_minutes: int = 5
    spelling: bool = True
    is_maximised: bool = False
    system_theme: str = ""  # which theme the system asked for last, so that the next start need not ask first
    last_vault: str = ""  # a folder's random name: whose lock screen comes first; empty asks who one is


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
