"""The named colours, sizes and gaps that every screen is drawn from."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Gaps and corners, in device-independent pixels (Qt scales them with the screen).
GAP_XS, GAP_S, GAP_M, GAP_L, GAP_XL = 4, 8, 12, 16, 24
RADIUS = 7
TARGET_MIN, TARGET_MAIN = 24, 36
RAIL_WIDTH, RAIL_NARROW = 196, 56
TOP_HEIGHT = 52

# Text sizes in points at 100 %; the theme multiplies them.
BODY_PT, SMALL_PT, HEADING_PT, TITLE_PT = 10.5, 9.5, 11.5, 16.5
MAX_LINE_CHARS = 90

TEXT_SCALES = (100, 125, 150, 200)
TONES = ("neutral", "accent", "information", "ok", "warning", "danger")


class Tokens(NamedTuple):
    """One theme's colours, each `#RRGGBB`."""

    background: str
    surface: str
    raised: str
    line: str
    control_line: str
    text: str
    muted: str
    disabled: str
    rail: str
    rail_raised: str
    rail_line: str
    rail_text: str
    rail_muted: str
    rail_mark: str
    accent: str
    accent_soft: str
    accent_strong: str
    on_accent: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    ok: str
    ok_soft: str
    information: str
    information_soft: str
    badge: str
    on_badge: str
    focus: str
    rail_focus: str

    def tone(self, name: str) -> tuple[str, str]:
        """The (text, background) pair of a tone."""
        if name == "neutral":
            return self.text, self.raised
        return getattr(self, name), getattr(self, f"{name}_soft")


def theme_folder() -> Path:
    """Where the theme's files lie: beside the sources, or inside the installed `sf_record`."""
    for base in Path(__file__).resolve().parents:
        for found in (base / "resources" / "theme", base / "sf_record" / "resources" / "theme"):
            if found.is_dir():
                return found
    raise FileNotFoundError("resources/theme")


@cache
def load_tokens() -> dict[str, Tokens]:
    """Every theme by name: `light`, `dark`, `high_contrast`."""
    raw = json.loads((theme_folder() / "tokens.json").read_text(encoding="utf-8"))
    return {theme: Tokens(**{name: colours[name] for name in Tokens._fields}) for theme, colours in raw.items()}
