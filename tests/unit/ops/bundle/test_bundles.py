"""A family file goes out as a bundle and comes in again equal; whatever is wrong with one brings nothing in."""

from __future__ import annotations

import hashlib
import json
import random
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from sf_desktop.ops import left_behind, writing
from sf_desktop.ops.attaching import attachments, intake
from sf_desktop.ops.bringing_in import arriving
from sf_desktop.ops.bringing_in.bundles import BundleCheck, check_bundle, make_ready
from sf_desktop.ops.bundle import exporting
from sf_desktop.ops.bundle.exporting import (
    Export,
    abandon,
    begin,
    forget,
    go_on,
    manifest,
    paper_piece,
    put_in_place,
    readiness,
    write,
)
from sf_desktop.ops.bundle.reading import Bundle, read_bundle
from sf_desktop.ops.bundle.shapes import MANIFEST, RECORDS
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.pieces import Pieces
from sf_desktop.store.tables import families, meta, outbox, records
from sf_record.description import Role
from sf_record.errors import InputError, SfError
from sf_record.record import Record
from sf_record.rules.permissions import Worker
from sf_record.wire.audit import Look
from tests.builders.early_help import agree, assess, withdraw
from tests.builders.offices import OpenWork, an_id, an_office, open_vault, transaction, with_families
from tests.builders.pictures import png
from tests.builders.piecework import worked
from tests.fakes.clock import FrozenClock

T = TypeVar("T")
Home = tuple[Office, str]


def do(office: Office, verb: Callable[..., T], *args: Any, **named: Any) -> T:
    with transaction(office.connection):
        return verb(office, *args, **named)


def looks_of(office: Office) -> list[Any]:
    assert isinstance(office.tx, OpenWork)
    return office.tx.looks


@pytest.fixture
def home(tmp_path: Path, seed: random.Random) -> Iterator[Home]:
    """A family file with a picture, a signed and amended note, one in error, and a field of a newer program."""
    connection = open_vault(tmp_path)
    office = an_office(connection, seed, attachments=tmp_path / "attachments")
    family_id = with_families(office, seed, 1, 30)[0].family_id
    at = office.now()
    note = {"type": "note", "happened_at": at, "text": "Pretend words.", "from_tomorrow": {"kept": ["as", 1]}}
    signed = do(office, writing.create, "note", family_id, note, sign=True).record_id
    do(office, writing.amend, signed, "A pretend amendment.")
    wrong = do(office, writing.create, "note", family_id, {**note, "text": "Pretend, and wrong."}).record_id
    do(office, writing.enter_in_error, wrong, "Another pretend family's")
    held = do(office, attachments.attach, attachments.Target(family_id), intake.take(png(), "kitchen.png")).record_id
    do(office, attachments.add, held)
    yield office, family_id
    connection.close()


@pytest.fixture
def elsewhere(tmp_path: Path, seed: random.Random) -> Iterator[Office]:
    """A supervisor at an empty laptop of another council."""
    (tmp_path / "elsewhere").mkdir()
    connection = open_vault(tmp_path / "elsewhere")
    office = an_office(connection, seed, attachments=tmp_path / "elsewhere" / "attachments")
    boss = Worker(office.me.worker.id, Role.SUPERVISOR, office.me.worker.team_id)
    workers = tuple(replace(each, team_id=boss.team_id) for each in office.configuration.workers)
    yield replace(
        office, me=Me(boss, "S. Example", an_id(seed)), configuration=replace(office.configuration, workers=workers)
    )
    connection.close()


def export(home: Home, path: Path) -> Path:
    office, family_id = home
    started = do(office, begin, family_id, str(path))
    while not write(started, do(office, go_on, started)).is_paper_next:
        pass
    write(started, paper_piece(b"%PDF-"))
    assert put_in_place(started, do(office, manifest, started)).is_done
    do(office, forget, started)
    return path


def checked(office: Office, bundle: Bundle) -> BundleCheck:
    return worked(office, lambda: check_bundle(bundle))


def made_ready(office: Office, bundle: Bundle) -> tuple[arriving.Written, ...]:
    return worked(office, lambda: make_ready(bundle, office.me.worker.id))


def brought(office: Office, path: Path) -> str:
    bundle = read_bundle(str(path))
    assert not checked(office, bundle).problems
    do(office, arriving.write, made_ready(office, bundle))
    return bundle.family_id


def every(office: Office, family_id: str) -> dict[str, Record]:
    return records.get_many(office.connection, records.ids_of_family(office.connection, family_id))


def told(record: Record) -> tuple[Any, ...]:
    added = tuple(each.text for each in record.amendments)
    error = record.in_error.reason if record.in_error else None
    return record.kind, dict(record.body), record.signed is not None, added, error


def test_a_file_comes_in_again_equal(home: Home, elsewhere: Office, tmp_path: Path) -> None:
    office, family_id = home
    path = export(home, tmp_path / "out.zip")
    assert brought(elsewhere, path) == family_id
    before, after = every(office, family_id), every(elsewhere, family_id)
    gone = {key for key, each in before.items() if each.kind == "allocation"}
    new = after.keys() - before.keys()
    assert {after[each].kind for each in new} == {"allocation", "note"}
    assert {key: told(each) for key, each in before.items() if key not in gone} == {
        key: told(each) for key, each in after.items() if key not in new
    }
    origin = next(after[each] for each in new if after[each].kind == "note")
    assert "P. Example" in origin.body["text"]
    assert origin.signed is not None
    for key, each in after.items():
        if each.kind == "attachment":
            assert do(elsewhere, attachments.look, key).content == png()
    again = export((elsewhere, family_id), tmp_path / "again.zip")
    first, second = read_bundle(str(path)), read_bundle(str(again))
    assert first.contents == second.contents


def test_what_was_written_under_an_agreement_comes_in_though_it_stands_no_more(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    """The one was withdrawn, the other marked as in error, each after something had been signed under it."""
    office, family_id = home
    clock = cast("FrozenClock", office.clock)
    agreement_id = do(office, agree, family_id)
    clock.forward(60)
    first = do(office, assess, family_id)
    clock.forward(60)
    do(office, withdraw, agreement_id)
    clock.forward(60)
    wrong = do(office, agree, family_id)
    clock.forward(60)
    second = do(office, assess, family_id)
    clock.forward(60)
    do(office, writing.enter_in_error, wrong, "Another pretend family's")
    cast("FrozenClock", elsewhere.clock).set(clock.now())
    path = export(home, tmp_path / "out.zip")
    brought(elsewhere, path)
    after = every(elsewhere, family_id)
    assert all(after[each].signed is not None for each in (first, second, agreement_id, wrong))
    assert after[wrong].in_error is not None
    with pytest.raises(InputError, match="agreement_withdrawn"):
        do(elsewhere, assess, family_id)


def test_a_referral_comes_in_with_the_answer_that_came_after_its_agreement_was_withdrawn(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    office, family_id = home
    clock = cast("FrozenClock", office.clock)
    agreement_id = do(office, agree, family_id)
    person = next(key for key, each in every(office, family_id).items() if each.kind == "person")
    clock.forward(60)
    said = {"to_whom": "Pretend", "what_for": "Pretend", "about": [person], "sent_on": "2026-11-23"}
    sent = do(office, writing.create, "onward_referral", family_id, {**said, "agreement": agreement_id}).record_id
    clock.forward(60)
    do(office, withdraw, agreement_id)
    clock.forward(60)
    answered = {**every(office, family_id)[sent].body, "answer": "accepted", "answered_on": "2026-11-23"}
    do(office, writing.change, sent, answered)
    cast("FrozenClock", elsewhere.clock).set(clock.now())
    brought(elsewhere, export(home, tmp_path / "out.zip"))
    assert told(every(elsewhere, family_id)[sent]) == told(every(office, family_id)[sent])


def test_the_bundle_is_as_the_page_says(home: Home, tmp_path: Path) -> None:
    path = export(home, tmp_path / "out.zip")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with zipfile.ZipFile(path) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    manifest = json.loads(parts.pop(MANIFEST))
    assert {each["name"]: each["sha256"] for each in manifest["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in parts.items()
    }
    records_ = json.loads(parts[RECORDS])["records"]
    assert manifest["records"] == len(records_)
    assert "from_tomorrow" in parts[RECORDS].decode()
    kinds = json.loads(parts["schema.json"])["kinds"]
    assert kinds["visit"]["fields"]["observed"]["label"] == "What you saw and heard"
    assert not [each for each in tmp_path.iterdir() if each.suffix == ".part"]


def test_each_export_is_in_the_audit_before_anything_leaves(home: Home, tmp_path: Path) -> None:
    office, family_id = home
    do(office, begin, family_id, str(tmp_path / "out.zip"))
    assert [(each.what, each.family_id, each.code) for each in looks_of(office)][-1:] == [
        (Look.EXPORTED, family_id, exporting.CODE)
    ]
    assert not list(tmp_path.glob("*.zip"))


def test_a_file_of_which_part_is_missing_stays(home: Home, tmp_path: Path) -> None:
    office, family_id = home
    with transaction(office.connection):
        office.connection.execute("UPDATE attachment SET is_here = 0, state = 'with_council'")
    ready = do(office, readiness, family_id)
    assert (len(ready.missing), ready.is_ready) == (1, False)
    with pytest.raises(InputError) as refused:
        do(office, begin, family_id, str(tmp_path / "out.zip"))
    assert refused.value.code == "export_not_whole"
    do(office, exporting.fetch_missing, family_id)
    assert office.connection.execute("SELECT state FROM attachment").fetchone() == ("wanted",)


def begun(home: Home, path: Path) -> Export:
    office, family_id = home
    started = do(office, begin, family_id, str(path))
    piece = do(office, go_on, started)
    assert not list(path.parent.glob(".*.part"))  # the vault's thread writes nothing on somebody's stick
    write(started, piece)
    assert list(path.parent.glob(".*.part"))
    return started


def test_stopped_or_killed_it_leaves_nothing(home: Home, tmp_path: Path) -> None:
    office, _ = home
    stopped = begun(home, tmp_path / "out.zip")
    abandon(stopped)
    do(office, forget, stopped)
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob("*.zip"))
    killed = begun(home, tmp_path / "out.zip")
    do(office, left_behind.clear)
    assert list(tmp_path.glob(".*.part")), "one that is being written stays"
    do(office, left_behind.clear, "the next run")
    assert not list(tmp_path.glob(".*.part"))
    assert meta.read(office.connection, left_behind.BEING_WRITTEN) is None
    killed.writing.abandon()


def test_what_cannot_be_written_leaves_what_was_there(home: Home, tmp_path: Path) -> None:
    office, family_id = home
    before = tmp_path / "out.zip"
    before.write_bytes(b"an older one")
    started = do(office, begin, family_id, str(before))
    write(started, do(office, go_on, started))
    with transaction(office.connection):
        office.connection.execute("UPDATE attachment SET is_here = 0")
    with pytest.raises(SfError):
        do(office, go_on, started)
    abandon(started)
    assert before.read_bytes() == b"an older one"
    assert not list(tmp_path.glob(".*.part"))
    with transaction(office.connection):
        office.connection.execute("UPDATE attachment SET is_here = 1")
    nowhere = do(office, begin, family_id, str(tmp_path / "no such folder" / "out.zip"))
    with pytest.raises(SfError) as told_:
        write(nowhere, do(office, go_on, nowhere))
    assert told_.value.code == "export_not_written"


def test_what_is_not_in_it_is_counted(home: Home) -> None:
    office, family_id = home
    do(office, drafting.begin, "note", family_id, {"text": "Begun"})
    assert do(office, readiness, family_id).drafts == 1


def changed(path: Path, name: str, change: Callable[[bytes], bytes], *, is_proved: bool = True) -> Path:
    """Return the bundle with one part otherwise, and a manifest that proves it or not."""
    with zipfile.ZipFile(path) as zipped:
        parts = {each: zipped.read(each) for each in zipped.namelist()}
    parts[name] = change(parts[name])
    if is_proved:
        manifest = json.loads(parts[MANIFEST])
        for each in manifest["files"]:
            content = parts[each["name"]]
            each.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
        parts[MANIFEST] = json.dumps(manifest).encode()
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for each, content in parts.items():
            zipped.writestr(each, content)
    return made


def of_records(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    def changed_records(text: bytes) -> bytes:
        plain = json.loads(text)
        change(plain)
        return json.dumps(plain).encode()

    return changed_records


@pytest.mark.parametrize(
    ("name", "change", "is_proved", "code"),
    [
        (RECORDS, lambda text: text + b" ", False, "bundle_changed"),
        (RECORDS, lambda _: b"{}", True, "bundle_unsound"),
        (RECORDS, lambda _: b"[" * 100_000, True, "bundle_unsound"),
        (RECORDS, of_records(lambda plain: plain["records"].append(plain["records"][0])), True, "bundle_unsound"),
        (RECORDS, of_records(lambda plain: plain["records"].pop()), True, "bundle_unsound"),
        (RECORDS, of_records(lambda plain: plain.update(family_id="another")), True, "bundle_unsound"),
        (RECORDS, lambda _: b" " * 60_000_000, True, "bundle_unsound"),
        (MANIFEST, lambda text: text.replace(b'"version":1', b'"version":2'), False, "bundle_too_new"),
        (MANIFEST, lambda _: b"{", False, "bundle_unreadable"),
        (MANIFEST, lambda text: text.replace(b"strengthening-", b"other-"), False, "bundle_unreadable"),
    ],
)  # fmt: skip
def test_a_bundle_that_is_not_sound_is_told_apart(
    home: Home, tmp_path: Path, name: str, change: Callable[[bytes], bytes], is_proved: bool, code: str
) -> None:
    path = export(home, tmp_path / "out.zip")
    with pytest.raises(InputError) as refused:
        read_bundle(str(changed(path, name, change, is_proved=is_proved)))
    assert refused.value.code == code


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\x00" * 4_000])
def test_what_is_no_bundle_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.zip"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_bundle(str(path))
    assert refused.value.code == "bundle_unreadable"


def test_everything_that_does_not_fit_is_listed_and_nothing_comes_in(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    def spoil(plain: dict[str, Any]) -> None:
        notes = [each for each in plain["records"] if each["kind"] == "note"]
        notes[0]["body"]["type"] = "no such type"
        notes[1]["kind"] = "of_tomorrow"

    path = changed(export(home, tmp_path / "out.zip"), RECORDS, of_records(spoil))
    bundle = read_bundle(str(path))
    check = checked(elsewhere, bundle)
    assert [each.what.partition(":")[0] for each in check.problems] == [
        "Kind of note",
        "This program does not know this kind of record. Install the newest version",
    ]
    with pytest.raises(InputError) as refused:
        made_ready(elsewhere, bundle)
    assert refused.value.code == "bundle_does_not_fit"
    assert outbox.is_empty(elsewhere.connection)


def test_what_lies_in_a_file_of_its_own_and_what_nobody_agreed_to_is_named_before_anything_is_written(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    office, _ = home
    clock = cast("FrozenClock", office.clock)
    do(office, agree, home[1])
    clock.forward(60)
    do(office, assess, home[1])
    cast("FrozenClock", elsewhere.clock).set(clock.now())

    def spoil(plain: dict[str, Any]) -> None:
        note = next(each for each in plain["records"] if each["kind"] == "note")
        note |= {"kind": "group", "body": {"name": "Pretend group", "activity": "cooking"}, "signed": None}
        for each in plain["records"]:
            if each["kind"] == "agreement":
                each["body"]["answer"] = "refused"

    path = changed(export(home, tmp_path / "out.zip"), RECORDS, of_records(spoil))
    check = checked(elsewhere, read_bundle(str(path)))
    assert sorted(each.what for each in check.problems) == [
        "The family has not agreed to this: it cannot be written here",
        "This belongs to a file of its own, not to a family’s",
    ]


def test_more_goals_than_one_laptop_may_open_come_in_as_they_stood(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    office, family_id = home
    for number in range(4):  # two laptops without a signal may have opened them
        body = {"want": f"Pretend goal {number}", "started_on": "2026-11-01"}
        do(office, writing.create, "goal", family_id, body, stood_before=True)
    path = export(home, tmp_path / "out.zip")
    assert checked(elsewhere, read_bundle(str(path))).problems == ()
    brought(elsewhere, path)
    want = [each for each in every(office, family_id).values() if each.kind == "goal"]
    assert len([each for each in every(elsewhere, family_id).values() if each.kind == "goal"]) == len(want)


def test_one_that_is_here_is_not_brought_in_twice(home: Home, elsewhere: Office, tmp_path: Path) -> None:
    path = export(home, tmp_path / "out.zip")
    brought(elsewhere, path)
    check = checked(elsewhere, read_bundle(str(path)))
    assert [each.what for each in check.problems] == ["It is on this laptop already"]


def test_stopped_in_the_middle_nothing_is_half_done(home: Home, elsewhere: Office, tmp_path: Path) -> None:
    bundle = read_bundle(str(export(home, tmp_path / "out.zip")))
    pieces = Pieces(lambda: make_ready(bundle, elsewhere.me.worker.id))
    while not (files := list(elsewhere.tx.attachments.glob("*"))):
        pieces.go_on(elsewhere, for_s=0.0)
    pieces.stop()
    assert len(files) == 1
    assert not list(elsewhere.tx.attachments.glob("*")), "what was put down is taken away"
    assert outbox.is_empty(elsewhere.connection)
    assert families.standing(elsewhere.connection, bundle.family_id) is None


def test_stopped_when_it_was_all_ready_already_nothing_is_left_on_the_disk(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    bundle = read_bundle(str(export(home, tmp_path / "out.zip")))
    pieces = Pieces(lambda: make_ready(bundle, elsewhere.me.worker.id))
    while not pieces.is_done:
        pieces.go_on(elsewhere)
    assert list(elsewhere.tx.attachments.glob("*"))
    arriving.give_up(elsewhere, pieces)
    assert not list(elsewhere.tx.attachments.glob("*"))


def test_what_came_meanwhile_keeps_all_of_it_out_and_leaves_nothing(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    bundle = read_bundle(str(export(home, tmp_path / "out.zip")))
    ready = made_ready(elsewhere, bundle)
    assert list(elsewhere.tx.attachments.glob("*"))
    do(elsewhere, lambda office: families.note_opened(office.connection, bundle.family_id))
    with pytest.raises(InputError, match="family_here_already"):
        do(elsewhere, arriving.write, ready)
    assert outbox.is_empty(elsewhere.connection)
    assert not list(elsewhere.tx.attachments.glob("*"))


def test_a_content_that_went_missing_before_it_is_written_keeps_all_of_it_out(
    home: Home, elsewhere: Office, tmp_path: Path
) -> None:
    bundle = read_bundle(str(export(home, tmp_path / "out.zip")))
    ready = made_ready(elsewhere, bundle)
    for each in elsewhere.tx.attachments.glob("*"):
        each.unlink()
    with pytest.raises(SfError, match="attachment_damaged"):
        do(elsewhere, arriving.write, ready)
    assert outbox.is_empty(elsewhere.connection)
    assert families.standing(elsewhere.connection, bundle.family_id) is None
