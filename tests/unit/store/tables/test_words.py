"""Words leave the index exactly as they came into it, whichever program put them there, by whichever rule."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sf_desktop.ops.families.search import search
from sf_desktop.ops.office import Office
from sf_desktop.store import migrations
from sf_desktop.store.coding import read_record
from sf_desktop.store.connection import Connection, open_connection
from sf_desktop.store.lifecycle.migrating import migrate
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import index, records, words
from sf_desktop.store.tables.words import Fields
from sf_record.record import Amendment, Conflict, InError, Record
from tests.builders import indexed
from tests.builders.offices import an_office, answer, open_vault, pretend_records, transaction, with_families
from tests.builders.soundness import is_sound

AT = "2026-11-23T10:00:00.000000Z"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    connection = open_vault(tmp_path)
    yield an_office(connection, random.Random(3))
    connection.close()


def stored(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """Return what is stored of the words of each record: beside its text, and as fields of it."""
    rows = connection.execute("SELECT record.id, words, fields FROM record JOIN paper ON paper.id = record.paper")
    return {str(each[0]): (str(each[1]), each[2]) for each in rows.fetchall()}


def gone(connection: Connection, ids: list[str]) -> None:
    with transaction(connection):
        records.delete(connection, ids)
    while True:
        with transaction(connection):
            if index.merge_slice(connection):
                return


def by_another_rule(connection: Connection, held: list[Record], fields: Fields) -> None:
    """Have records lie here as a program left them that looked for other fields of theirs."""
    for each in held:
        now = records.stored(connection, each.id)
        assert now is not None
        then = words.of_record(each, fields)
        index.take_out(connection, now.row, now.words, named=False)
        index.put(connection, now.row, then.text, named=False)
        connection.execute("UPDATE paper SET words = ?, fields = ? WHERE id = ?", (then.beside, then.fields, now.paper))


def amended(record: Record, seq: int) -> Record:
    added = Amendment(id=record.id, text="Zanzibar, added later.", by=record.author_id, at=AT)
    return replace(record, seq=seq, amendments=(*record.amendments, added))


def corrected(record: Record, seq: int) -> Record:
    return replace(record, seq=seq, body={**record.body, "text": "Quite “another” text,\nof two \\lines\\."})


def moved(record: Record, seq: int) -> Record:
    return replace(record, seq=seq, body={**record.body, "happened_at": "2020-02-29T12:00:00.000000Z"})


def in_error(record: Record, seq: int) -> Record:
    return replace(record, seq=seq, in_error=InError(by=record.author_id, at=AT, reason="Twice"))


def in_conflict(record: Record, seq: int) -> Record:
    waits = Conflict(
        id=record.id, field="text", mine="The other text.", theirs="", base="", by="", at=AT, their_by="", their_at=AT
    )
    return replace(record, seq=seq, conflicts=(waits, replace(waits, field="type", mine=["phone", 4])))


CHANGES = (amended, corrected, moved, in_error, in_conflict)
RULES: dict[str, Fields] = {
    "less": (("text", ()),),
    "more": (("subject", ()), ("text", ()), ("type", ()), ("happened_at", ())),
    "turned round": (("text", ()), ("subject", ())),
    "nothing": (("no such field", ()),),
    "rows": (("children", ("seen", "where")), ("text", ())),
}


def test_no_record_has_its_words_beside_its_text_and_all_are_found(office: Office) -> None:
    held = with_families(office, random.Random(4), count=3, per_family=80)
    assert len({each.kind for each in held}) > 20
    assert {beside for beside, _ in stored(office.connection).values()} == {""}
    assert indexed.is_true(office.connection)
    note = next(each for each in held if each.kind == "note")
    assert search(office, str(note.body["text"]).split()[0]).notes
    gone(office.connection, [each.id for each in held])
    assert not indexed.places(office.connection, named=False)
    assert not indexed.places(office.connection, named=True)


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("rule", RULES)
def test_words_that_a_program_with_another_rule_put_in_leave_without_a_trace(
    office: Office, rule: str, change: Callable[[Record, int], Record]
) -> None:
    connection = office.connection
    held = with_families(office, random.Random(4), count=2, per_family=40)
    notes = [each for each in held if each.kind in {"note", "visit"}]
    with transaction(connection):
        by_another_rule(connection, notes, RULES[rule])
    assert indexed.is_true(connection)
    first = max(each.seq for each in held) + 1
    after = [change(each, first + number) for number, each in enumerate(notes[::2])]
    with transaction(connection):
        inbox.apply(connection, answer(after))
    assert indexed.is_true(connection)
    assert {stored(connection)[each.id][0] for each in after} == {""}
    gone(connection, [each.id for each in held])
    assert not indexed.places(connection, named=False)
    assert is_sound(connection)


def test_words_of_a_vault_of_before_leave_too_and_stand_once_where_they_are_written_again(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = open_connection(path, bytearray(b"k" * 32), create=True)
    migrate(connection, path, migrations.STEPS[:8])
    office = an_office(connection, random.Random(4))
    held = pretend_records(office, random.Random(1), 2, 60)
    indexed.put_as_before(connection, held)
    migrate(connection, path)
    assert {fields for _, fields in stored(connection).values()} == {None}
    assert indexed.is_true(connection)
    notes = [each for each in held if each.kind == "note"]
    assert search(office, str(notes[0].body["text"]).split()[0]).notes
    first = max(each.seq for each in held) + 1
    after = [amended(each, first + number) for number, each in enumerate(notes[::2])]
    with transaction(connection):
        inbox.apply(connection, answer(after))
    assert indexed.is_true(connection)
    assert {stored(connection)[each.id][0] for each in after} == {""}
    assert any(beside for beside, _ in stored(connection).values())
    gone(connection, [each.id for each in held])
    assert not indexed.places(connection, named=False)
    connection.close()


@pytest.mark.parametrize("text", [7, 1.5, True, ["one", {"two": 3}], {"a": "b"}], ids=str)
def test_what_is_no_text_but_stands_in_a_texts_place_leaves_as_it_came(office: Office, text: object) -> None:
    held = with_families(office, random.Random(4), count=1, per_family=20)
    note = next(each for each in held if each.kind == "note")
    seq = max(each.seq for each in held) + 1
    strange = replace(note, seq=seq, body={**note.body, "text": text})
    with transaction(office.connection):
        inbox.apply(office.connection, answer((strange,)))
    assert stored(office.connection)[note.id][0].endswith(str(text))
    assert indexed.is_true(office.connection)
    gone(office.connection, [each.id for each in held])
    assert not indexed.places(office.connection, named=False)


def test_a_field_that_the_council_sends_twice_leaves_as_it_came(office: Office) -> None:
    held = with_families(office, random.Random(4), count=1, per_family=20)
    note = next(each for each in held if each.kind == "note")
    with transaction(office.connection):
        records.delete(office.connection, (note.id,))
    wire = records.held(note).wire.replace(
        '"text":', '"text":"Kestrel once","text":"Osprey \\u00e9\\ud83d\\ude00","text":', 1
    )
    arrived = read_record(wire)
    with transaction(office.connection):
        inbox.store(office.connection, (arrived,), (wire,))
    assert indexed.is_true(office.connection)
    gone(office.connection, [each.id for each in held])
    assert not indexed.places(office.connection, named=False)


# What is stored is read so for ever: a change to any of these lines would leave words of existing vaults in the index.
@pytest.mark.parametrize(
    ("wire", "fields", "wanted"),
    [
        ('{"body":{"subject":"One","text":"Two\\nthree"}}', '["subject","text"]', "One\nTwo\nthree"),
        ('{"body":{"subject":"One","text":"Two"}}', '["text"]', "Two"),
        ('{"body":{"text":"“Two” \\u00e9 \\"\\\\n"}}', '["subject","text"]', '“Two” é "\\n'),
        (
            '{"body":{"children":[{"a":"1","b":"2","c":"3"},{"c":"4"},{"a":""}],"text":"5"}}',
            '[["children","c","a"],"text"]',
            "3\n1\n4\n5",
        ),
        (
            '{"body":{"text":"One","other":""},"amendments":[{"text":"Two"},{"text":""}],"conflicts":[{"mine":"Three"},{"mine":4}]}',
            '["text","other"]',
            "One\nTwo\n\nThree",
        ),
        ('{"body":{"text":"One"}}', "[]", ""),
    ],
)
def test_a_list_of_fields_is_read_as_it_always_was(wire: str, fields: str, wanted: str) -> None:
    assert words.again(wire, "", fields) == wanted


def test_words_that_lie_beside_a_text_are_taken_as_they_are() -> None:
    assert words.again('{"body":{"text":"One"}}', "Two", None) == "Two"
