"""Which screen a draft of a kind is written on, and which paper of a record is the family's own."""

from __future__ import annotations

from sf_desktop.ops.drafts.adding import LABELS
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.kinds import KINDS

OWN_SCREENS = {"visit": "visit", "note": "note", "concern": "concern", "new_file": "new_file"}

FAMILYS_COPY, FAMILYS_COPY_SPOKEN = "The family’s copy", "Print or save the family’s copy of the assessment"
_COPIES = {"assessment": "assessment"}  # kinds of which the family is given a copy of its own, and its paper


def screen_of(kind: str) -> str:
    """Return the name of the screen: a kind's own, the one on which records are signed, or the one that saves."""
    if kind in OWN_SCREENS:
        return OWN_SCREENS[kind]
    return "record" if kind in KINDS and KINDS[kind].is_signable else "person"


def to_draft(draft: Draft) -> GoTo:
    """Return the way to a draft; of what is being added to a record, to that record."""
    if draft.kind in LABELS:
        return GoTo("family", {"family": draft.family_id, "record": draft.record_id or "", "draft": draft.id})
    return GoTo(screen_of(draft.kind), {"draft": draft.id})


def to_familys_copy(kind: str, family_id: str, about: str) -> GoTo | None:
    """Return the way to the copy that the family is given of a record, or of its draft; None where it is given none."""
    paper = _COPIES.get(kind)
    return None if paper is None else GoTo("paper", {"paper": paper, "family": family_id, "about": about})
