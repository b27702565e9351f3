"""The holding tray as a supervisor reads it: what was written, told as one thing for each record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sf_desktop.ops.looks import Look, record
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.sending.ledger import ACTION_WORDS
from sf_desktop.store.tables import decisions, records
from sf_record.events import Action
from sf_record.kinds import KINDS
from sf_record.wire.tray import UNFINISHED, TrayChain, is_new_file


@dataclass(frozen=True, slots=True)
class TrayRow:
    """What one person wrote to one record. ``family_name`` is empty where the file is not on this laptop.

    ``fields`` are the values as they would stand, ``was`` what the author saw; ``said`` are the texts that go with it:
    (amendment or reason, text).
    """

    event_id: str
    last_id: str
    family_id: str
    record_id: str
    kind: str
    what: str  # "Note written, changed and signed"
    family_name: str
    author: str
    written_at: str
    arrived_at: str
    is_new: bool
    fields: Mapping[str, Any]
    was: Mapping[str, Any]
    said: tuple[tuple[str, str], ...]
    is_unfinished: bool
    is_there: bool = False  # what was begun stands in the family file, as an earlier copy of it said
    is_new_file: bool = False  # it is what stood in the form of a new family file: there is none to put it into


@reads
def tray_rows(office: Office, chains: Sequence[TrayChain]) -> tuple[TrayRow, ...]:
    """Return what the council listed, as it is read here; the look is noted."""
    families = records.get_many(office.connection, tuple({each.family_id for each in chains}))
    names = {each.id: str(each.body.get("name") or "") for each in families.values()}
    for each in chains:
        record(office, Look.RECORD_OPENED, each.family_id, each.record_id)
    return tuple(_row(office, each, names) for each in chains)


@reads
def waiting_to_place(office: Office) -> int:
    """Return how much waits for this supervisor, as the council last said."""
    return decisions.to_place(office.connection)


def _row(office: Office, chain: TrayChain, names: Mapping[str, str]) -> TrayRow:
    events = chain.events
    fields: dict[str, Any] = {}
    was: dict[str, Any] = {}
    for event in events:
        fields.update(event.fields)
        for name, value in event.was.items():
            was.setdefault(name, value)
    is_new = events[0].action is Action.CREATE
    is_unfinished = chain.code == UNFINISHED
    return TrayRow(
        event_id=chain.event_id,
        last_id=events[-1].id,
        family_id=chain.family_id,
        record_id=chain.record_id,
        kind=chain.kind,
        what=_what(chain),
        family_name=names.get(chain.family_id, ""),
        author=office.configuration.worker_name(chain.author_id),
        written_at=events[-1].written_at,
        arrived_at=chain.at,
        is_new=is_new,
        fields=fields,
        was={} if is_new else was,
        said=tuple(_said(chain)),
        is_unfinished=is_unfinished,
        is_there=is_unfinished and is_new and records.get(office.connection, chain.record_id) is not None,
        is_new_file=is_new_file(events[0]),
    )


def _what(chain: TrayChain) -> str:
    label = KINDS[chain.kind].label if chain.kind in KINDS else "Record"
    label = "New family file" if is_new_file(chain.events[0]) else label
    done = [ACTION_WORDS[each.action] for each in chain.events]
    if any(each.is_signing for each in chain.events):
        done.append(ACTION_WORDS[Action.SIGN])
    if chain.code == UNFINISHED:
        return f"{label} begun and not finished"
    words = list(dict.fromkeys(done))
    return f"{label} {', '.join(words[:-1])}{' and ' if len(words) > 1 else ''}{words[-1]}"


def _said(chain: TrayChain) -> list[tuple[str, str]]:
    said = [("What was added", each.text) for each in chain.events if each.text]
    return said + [("Why", each.reason) for each in chain.events if each.reason]
