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


# What is written on what, and which lines bound something that can be pressed or typed in.
TEXT_PAIRS = tuple(
    [(ink, paper) for ink in ("text", "muted", "disabled") for paper in ("background", "surface")]
    + [("text", "raised"), ("muted", "raised"), ("on_accent", "accent"), ("on_accent", "accent_strong")]
    + [("text", "accent_soft"), ("muted", "accent_soft"), ("on_badge", "badge")]
    + [(ink, paper) for ink in ("rail_text", "rail_muted") for paper in ("rail", "rail_raised")]
    + [(tone, f"{tone}_soft") for tone in TONES[1:]]
    + [("text", f"{tone}_soft") for tone in TONES[1:]]
    + [(tone, paper) for tone in TONES[1:] for paper in ("background", "surface")]
)
LINE_PAIRS = (
    ("control_line", "background"),
    ("control_line", "surface"),
    ("control_line", "raised"),
    ("focus", "background"),
    ("focus", "surface"),
    ("focus", "accent_soft"),
    ("rail_focus", "rail"),
    ("rail_focus", "rail_raised"),
    ("rail_line", "rail"),
    ("rail_mark", "rail"),
    ("rail_mark", "rail_raised"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
)


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


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of `#RRGGBB`."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
