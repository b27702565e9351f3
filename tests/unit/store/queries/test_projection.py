"""Whatever people and the council do, in whatever order, shown is the council's version with what waits over it."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.store.queries import entries
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import families, index, outbox, records
from sf_record.errors import InputError
from sf_record.events import Action, Event
from sf_record.merge import apply
from sf_record.outcomes import Outcome, Receipt
from sf_record.record import Record
from sf_record.wire.rounds import RoundAnswer
from tests.builders import indexed
from tests.builders.offices import OpenWork, an_id, an_office, open_vault, transaction

AT = "2026-11-23T10:00:00.000000Z"
TEXTS = ("", "warm", "cold", "the dog", "zephyr")


class Council:
    """The plainest council there is: it applies what it is sent, in order, to one family file."""

    def __init__(self) -> None:
        self.seq = 0
        self.held: dict[str, Record] = {}
        self.said: dict[str, Outcome] = {}

    def take(self, event: Event) -> None:
        if event.id in self.said:
            return
        after = apply(self.held.get(event.record_id), event, self.seq + 1)
        receipt = None
        if after.record is not None:
            self.seq += 1
            self.held[event.record_id] = after.record
            receipt = Receipt(family_id=event.family_id, seq=self.seq, at=AT)
        self.said[event.id] = Outcome(event_id=event.id, result=after.result, code=after.code, receipt=receipt)


def expected(council: Council, office: Office, seen: dict[str, Record], record_id: str) -> Record | None:
    """Fold the events that the laptop's council version does not hold over that version."""
    now = seen.get(record_id)
    seq = now.seq if now else 0
    for number in sorted(entries.numbers(office.connection)):
        entry = entries.chosen(office.connection, [number])[0]
        if entry.event.record_id != record_id or (entry.receipt_seq is not None and entry.receipt_seq <= seq):
            continue
        if now is not None and any(each.id == entry.event.id for each in now.amendments):
            continue
        after = apply(now, entry.event, 0).record
        now = now if after is None else replace(after, seq=seq)
    return now


STEP = st.tuples(
    st.sampled_from(
        ["note", "change", "sign", "amend", "error", "colleague", "send", "send_lost", "records", "outcomes"]
    ),
    st.integers(0, 3),
    st.sampled_from(TEXTS),
    st.sampled_from(["subject", "text"]),
)


@settings(max_examples=60)
@given(st.lists(STEP, max_size=25))
def test_shown_is_the_councils_version_with_what_waits_over_it(steps: list[tuple[str, int, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection = open_vault(Path(folder))
        try:
            run(an_office(connection, random.Random(1)), steps)
        finally:
            connection.close()


def run(office: Office, steps: list[tuple[str, int, str, str]]) -> None:
    seed = random.Random(2)
    family_id, council = an_id(seed), Council()
    seen: dict[str, Record] = {}
    ids: list[str] = []
    families.note_began(office.connection, (family_id,))
    for name, which, text, field in steps:
        office.clock.forward(60)  # type: ignore[attr-defined]
        with transaction(office.connection):
            step(office, council, seen, ids, family_id, name, which, text, field)
        for record_id in ids:
            assert records.get(office.connection, record_id) == expected(council, office, seen, record_id)
    assert_index_is_true(office)


def step(
    office: Office, council: Council, seen: dict[str, Record], ids: list[str], family_id: str, name: str, which: int,
    text: str, field: str,
) -> None:  # fmt: skip
    chosen = ids[which % len(ids)] if ids else None
    try:
        if name == "note":
            body = {"type": "note", "happened_at": office.now(), "text": text}
            ids.append(writing.create(office, "note", family_id, body).record_id)
        elif name == "colleague":
            colleague(office, council, chosen, field, text)
        elif name in {"send", "send_lost"}:
            for event in outbox.outgoing(office.connection, 3, 1_000_000):
                council.take(event)
            if name == "send":
                arrive(
                    office,
                    council,
                    seen,
                    RoundAnswer(at=AT, outcomes=tuple(council.said.values()), records=tuple(council.held.values())),
                )
        elif name == "records":
            arrive(office, council, seen, RoundAnswer(at=AT, records=tuple(council.held.values())))
        elif name == "outcomes":
            arrive(office, council, seen, RoundAnswer(at=AT, outcomes=tuple(council.said.values())))
        elif chosen is not None:
            mine(office, chosen, name, field, text)
    except InputError:
        pass  # refused before anything was written: nothing may have changed


def mine(office: Office, record_id: str, name: str, field: str, text: str) -> None:
    if name == "change":
        body = dict(writing.found(office, record_id).body)
        writing.change(office, record_id, {**body, field: text})
    elif name == "sign":
        writing.sign(office, record_id)
    elif name == "amend":
        writing.amend(office, record_id, text)
    elif name == "error":
        writing.enter_in_error(office, record_id, text)


def colleague(office: Office, council: Council, record_id: str | None, field: str, text: str) -> None:
    record = council.held.get(record_id or "")
    if record is None:
        return
    values: dict[str, Any] = {field: text}
    event = writing._on(office, Action.CHANGE, record, fields=values, was={field: record.body.get(field)})
    council.take(replace(event, author_id="somebody else", previous=None))


def arrive(office: Office, council: Council, seen: dict[str, Record], said: RoundAnswer) -> None:
    inbox.apply(office.connection, said)
    seen.update({each.id: each for each in said.records})


def assert_index_is_true(office: Office) -> None:
    """Every record's words are in the index under its row, and nothing else is."""
    assert indexed.is_true(office.connection)
    assert index.is_ready(office.connection)
    assert isinstance(office.tx, OpenWork)
