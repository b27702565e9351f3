"""Says a version in words: what was done, by whom and when, what it changed, and what the council answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sf_desktop.ops.as_text import NOT_SAID
from sf_desktop.ops.reading.history import Changed, Version
from sf_desktop.store.tables.outbox import State
from sf_desktop.ui.form.reading import answer_in_words
from sf_desktop.ui.form.surroundings import Surroundings
from sf_desktop.ui.history.verbs import HistoryView
from sf_desktop.ui.kit.text.moments import moment_words
from sf_record.description import Shape
from sf_record.events import Action
from sf_record.kinds import KINDS
from sf_record.outcomes import CHANGED_BEFORE_SIGNED, REASONS, Result
from sf_record.rules import sameness

NOTHING, UNKNOWN = "Nothing", "What stood before is kept at the council"
_DONE = {
    Action.CREATE: "Written",
    Action.CHANGE: "Changed",
    Action.SIGN: "Signed",
    Action.AMEND: "Amendment added",
    Action.ENTER_IN_ERROR: "Marked as entered in error",
    Action.SETTLE: "Two versions settled",
}
_OF_MERGES = {
    Action.CREATE: "Read as one from here on",
    Action.ENTER_IN_ERROR: "Taken apart: read as two again",
}


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """One field of a version. ``earlier`` is the value that can be brought back, where one can."""

    field: str
    label: str
    was: str
    became: str
    is_prose: bool
    is_kept_beside: bool
    earlier: Any = None


@dataclass(frozen=True, slots=True)
class VersionWords:
    """One version."""

    id: str
    lead: str
    who: str
    changes: tuple[ChangedWords, ...]
    said: tuple[tuple[str, str], ...]  # an amendment, a reason: (label, text)
    standing: str
    is_whole: bool  # the first version: nothing stood before


def versions(
    found: Sequence[Version], kind: str, around: Surroundings, now: dict[str, Any]
) -> tuple[VersionWords, ...]:
    """Say these; ``now`` is what stands, which need not be brought back."""
    return tuple(_version(each, kind, around, now) for each in found)


def _version(version: Version, kind: str, around: Surroundings, now: dict[str, Any]) -> VersionWords:
    is_first = version.action is Action.CREATE and not any(each.was for each in version.changes)
    lead = _OF_MERGES.get(version.action, _DONE[version.action]) if kind == sameness.KIND else _DONE[version.action]
    signs = version.is_signing or version.action is Action.SIGN
    if signs and (version.result == Result.CONFLICT.value or version.code == CHANGED_BEFORE_SIGNED):
        lead = "Changed, but not signed" if version.changes else "Not signed"
    elif version.is_signing:
        lead = "Written and signed" if is_first else "Changed and signed"
    elif version.action is Action.CHANGE and version.reason:
        lead = "An earlier version brought back"
    elif version.changes and all(each.is_kept_beside for each in version.changes):
        lead = "Changed at the same time as somebody else: kept beside"
    elif kind == "planned_visit" and any(each.field == "planned_at" for each in version.changes) and not is_first:
        lead = "Moved to another day or time"
    return VersionWords(
        version.event_id,
        lead,
        f"{_name(version.by, around)} · {moment_words(version.at, around.context.today)}",
        tuple(_changed(each, kind, around, now) for each in _in_order(kind, version.changes)),
        tuple((label, text) for label, text in (("What was added", version.text), ("Why", version.reason)) if text),
        _standing(version, around),
        is_first,
    )


def _in_order(kind: str, changes: Sequence[Changed]) -> list[Changed]:
    """Return what there is to say of a version, in the order of the form; what no form has comes last."""
    asked = [*KINDS[kind].by_name] if kind in KINDS else []
    said = [each for each in changes if each.field not in NOT_SAID]
    return sorted(said, key=lambda each: asked.index(each.field) if each.field in asked else len(asked))


def stands(view: HistoryView, field: str) -> str:
    """Say what stands in a field of the record."""
    record = view.sheet.record
    described = KINDS[record.kind].by_name.get(field) if record.kind in KINDS else None
    return answer_in_words(described, record.body.get(field), view.around.context) or NOTHING


def _changed(change: Changed, kind: str, around: Surroundings, now: dict[str, Any]) -> ChangedWords:
    described = KINDS[kind].by_name.get(change.field) if kind in KINDS else None
    context = around.context
    earlier = change.became if change.is_kept_beside else change.was
    is_here = earlier in (None, "", [], ()) or earlier == now.get(change.field)
    return ChangedWords(
        change.field,
        described.label if described else change.field,
        answer_in_words(described, change.was, context) if change.is_known else UNKNOWN,
        answer_in_words(described, change.became, context),
        described is not None and described.shape in {Shape.PROSE, Shape.TEXT},
        change.is_kept_beside,
        None if is_here else earlier,
    )


def _standing(version: Version, around: Surroundings) -> str:
    """What the council answered, or where the event is."""
    today = around.context.today
    if version.given_up and not version.seq:
        return f"Given up on this laptop: {version.given_up}"
    if version.is_withdrawn:
        return "Taken back before it was sent."
    reason = REASONS.get(version.code)
    if version.result == Result.REFUSED.value or (version.state is State.NEEDS_YOU and version.seq is None):
        return f"The council did not take this: {reason.title if reason else 'see Needs you'}."
    if version.seq is None and version.state is not None:
        return "Saved on this laptop; not yet with the council."
    if version.seq is None:
        return ""
    held = f"With the council{', ' + moment_words(version.received_at, today) if version.received_at else ''}"
    number = f", no. {version.seq:,}" if version.seq else ", in the supervisor’s tray"
    beside = f". {reason.title}: both versions are kept" if version.result == Result.CONFLICT.value and reason else ""
    merged = ". Merged with somebody else’s change of other answers" if version.result == Result.MERGED.value else ""
    return f"{held}{number}{beside}{merged}."


def _name(worker_id: str, around: Surroundings) -> str:
    if worker_id == around.me_id:
        return "You"
    return next((each.name for each in around.context.workers if each.id == worker_id), "A colleague")
