"""The shapes of the holding tray: what was written to a family file that had moved, and what a supervisor decides."""

from __future__ import annotations

from dataclasses import dataclass

from sf_record.events import Action, Event
from sf_record.outcomes import Outcome

COMMENT_CHARACTERS = 2_000
FAMILY_MOVED, UNFINISHED = "family_moved", "unfinished"  # why something lies in the tray


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayChain:
    """What one person wrote to one record of a family file that had moved: decided together, in its order.

    ``event_id`` is the first event's: it names the whole when it is decided. ``at`` is when that came to the council,
    ``code`` why it lies here.
    """

    event_id: str
    family_id: str
    record_id: str
    kind: str
    author_id: str
    at: str
    code: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """A supervisor's decision: accepted into the family file, or returned to its author with a comment.

    ``last_id`` is the last event that they read: where more lies there by now, nothing is decided. An older program
    does not say it.
    """

    is_accepted: bool
    comment: str = ""
    last_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of a decision, event by event. ``is_decided`` is false where the work does not fit the file any more:
    then the outcomes say why, nothing was written, and all of it still lies in the tray.
    """

    is_decided: bool
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the author's laptop is told of one event. Numbers rise for each laptop, and never go back.

    Accepted: the outcome's receipt has the number in the file. Returned: refused with the code ``returned``, with the
    event, because the laptop may have destroyed its own copy when the family file left.
    """

    number: int
    outcome: Outcome
    by: str
    at: str
    comment: str = ""
    event: Event | None = None


def is_new_file(event: Event) -> bool:
    """Say whether an event has the words of a form of a new family file: a note under the id that the file would have.

    So a laptop seals what nobody saved of such a form; there is no family file into which it could be put.
    """
    return event.kind == "note" and event.action is Action.CREATE and event.record_id == event.family_id
