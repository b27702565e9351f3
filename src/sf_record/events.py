"""What somebody can do to a record. Events are appended, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What was done."""

    CREATE = "create"  # `fields` is the whole body
    CHANGE = "change"  # `fields` are the new values, `was` what the author saw
    SIGN = "sign"
    AMEND = "amend"  # `text` is added to a signed record
    ENTER_IN_ERROR = "enter_in_error"  # `reason` says why
    SETTLE = "settle"  # a conflict: `conflict_id`, `fields` the chosen value, `reason`


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that one person did to one record, on one laptop. Its id is its idempotency key.

    ``previous`` is the id of the event from the same laptop on the same record that must be applied first.
    ``base_seq`` is the record's council number that the author saw. A CREATE or CHANGE with ``is_signing`` also signs.
    """

    id: str
    action: Action
    family_id: str
    record_id: str
    kind: str
    author_id: str
    device_id: str
    written_at: str
    previous: str | None = None
    base_seq: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)
    was: Mapping[str, Any] = field(default_factory=dict)
    is_signing: bool = False
    text: str = ""
    reason: str = ""
    conflict_id: str | None = None
