"""Reads the help pages: a title, paragraphs and points, all of it plain text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sf_desktop.paths import resources
from sf_record.text.passages import Sort, passages

# As one meets them; any other page comes after.
ORDER = (
    "today",
    "family",
    "pack",
    "people",
    "alone",
    "visit",
    "writing",
    "agreements",
    "assessment",
    "concern",
    "attachments",
    "search",
    "needs",
    "history",
    "chronology",
    "papers",
    "sending",
    "ready",
    "laptop",
    "looks",
    "exporting",
    "new_file",
    "bringing_in",
)

# What each screen is told of on; of a family file, what each part of it is.
ABOUT = {
    "today": "today", "families": "family", "needs": "needs", "drafts": "writing", "register": "registers",
    "group": "registers", "phrases": "writing", "looks": "looks", "family": "family", "visit": "visit",
    "note": "writing", "concern": "concern", "person": "people", "record": "writing", "signature": "attachments",
    "notice": "agreements", "map": "people", "plan": "today", "move": "today", "paper": "papers",
    "allocation": "family", "new_file": "new_file", "bring_in": "bringing_in", "pack": "pack", "search": "search",
    "holding": "placing", "ledger": "sending", "laptop": "laptop", "ready": "ready", "settings": "sharing",
    "history": "history", "attachment": "attachments", "export": "exporting",
}  # fmt: skip
ABOUT_PARTS = {
    "people": "people", "chronology": "chronology", "safety": "concern", "agreements": "agreements",
    "assessment": "assessment", "plan": "plan", "support": "support", "agencies": "agencies", "planned": "today",
    "files": "attachments",
}  # fmt: skip


def page_about(screen: str, part: str = "") -> str:
    """Return the name of the page that tells of a screen, or of a part of the family file; empty where none does."""
    return ABOUT_PARTS.get(part) or ABOUT.get(screen, "")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one point of a list."""

    text: str
    is_point: bool = False


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    def has(self, words: str) -> bool:
        """Whether every word stands somewhere on the page."""
        text = " ".join((self.title, *(each.text for each in self.blocks))).casefold()
        return all(word in text for word in words.casefold().split())


@cache
def help_pages() -> tuple[HelpPage, ...]:
    """Return every page, in the order in which one meets what it is about."""
    found = {each.stem: each for each in sorted((resources() / "help").glob("*.md"))}
    names = [*(name for name in ORDER if name in found), *(name for name in found if name not in ORDER)]
    return tuple(read_page(name, found[name].read_text(encoding="utf-8")) for name in names)


def read_page(name: str, text: str) -> HelpPage:
    """Read one page."""
    found = passages(text)
    title = next((each.text for each in found if each.sort is Sort.TITLE), name)
    told = (each for each in found if each.sort is not Sort.TITLE)
    return HelpPage(name, title, tuple(Block(each.text, each.sort is Sort.POINT) for each in told))
