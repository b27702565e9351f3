"""Which screen a draft of a kind is written on."""

from __future__ import annotations

from sf_desktop.ops.drafting import Draft
from sf_desktop.ui.kit.stack import GoTo
from sf_record.description import KINDS

OWN_SCREENS = {"visit": "visit", "note": "note", "concern": "concern"}


def screen_of(kind: str) -> str:
    """Return the name of the screen: a kind's own, the one on which records are signed, or the one that saves."""
    if kind in OWN_SCREENS:
        return OWN_SCREENS[kind]
    return "record" if kind in KINDS and KINDS[kind].is_signable else "person"


def to_draft(draft: Draft) -> GoTo:
    """Return the way to a draft."""
    return GoTo(screen_of(draft.kind), {"draft": draft.id})
