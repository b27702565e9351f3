"""Ctrl+C while a council's command runs: a word of what stands, a whole database, and exit code 130."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stdout
from pathlib import Path

import pytest

from sf_council.cli import main
from sf_council.cli.stopping import Stopped, stoppable, uncut
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock
from tests.fakes.postgres import Postgres, passing_postgres
from tests.together.test_restoring import command, numbers, programs_of


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with passing_postgres() as running:
        yield running


class PressedAt(io.StringIO):
    """What a command prints; Ctrl+C is pressed as soon as it has said these words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words, self._is_pressed = words, False

    def write(self, text: str) -> int:
        written = super().write(text)
        if not self._is_pressed and self._words in self.getvalue():
            self._is_pressed = True
            signal.raise_signal(signal.SIGINT)
        return written


def stopped(town: Town, at: str, *words: str) -> tuple[int, str]:
    with redirect_stdout(PressedAt(at)) as out:
        code = command(town, *words)
    return code, out.getvalue()


def test_what_can_be_stopped_is_stopped_at_once_and_what_cannot_is_finished(
    capsys: pytest.CaptureFixture[str],
) -> None:
    done: list[str] = []

    def press() -> None:
        signal.raise_signal(signal.SIGINT)
        done.append("gone on")

    def press_twice() -> None:
        press()
        press()

    with pytest.raises(Stopped, match="It is as it was"), stoppable("It is as it was."):
        press()
    assert done == []
    with pytest.raises(Stopped, match="It is there"), uncut("It is being put there.", "It is there."):
        press_twice()
    assert done == ["gone on"] * 2
    assert capsys.readouterr().err.count("It is being put there. This is finished first") == 1
    with pytest.raises(KeyboardInterrupt):
        press()


def test_what_fails_by_itself_meanwhile_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    def press_and_fail() -> None:
        signal.raise_signal(signal.SIGINT)
        raise ValueError("it failed by itself")

    with pytest.raises(ValueError, match="by itself"), uncut("It is being put there.", "It is there."):
        press_and_fail()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_a_restore_is_stopped_before_anything_was_changed(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(town, "backup", str(tmp_path / "copy")) == 0
    worker = town.loaded("practitioner")
    worker.note("After the backup.")
    worker.round()
    before = numbers(town)
    code, _ = stopped(town, "is copied into", "restore", str(tmp_path / "copy"), "--replace")
    assert code == 130
    assert "Stopped. Nothing was changed: the database is as it was." in capsys.readouterr().err
    assert numbers(town) == before
    assert command(town, "audit") == 0
    assert not list(town.council.settings.data.glob("restoring*"))


def test_a_restore_that_has_begun_to_change_the_database_is_finished(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else there would be no database: the damaged one is put aside before the copy takes its place."""
    assert command(town, "backup", str(tmp_path / "copy")) == 0
    before = numbers(town)
    with town.council.offline():
        Path(town.council.settings.database).write_bytes(b"no database at all " * 1_000)
        code, said = stopped(town, "damaged database is kept", "restore", str(tmp_path / "copy"), "--replace")
    assert code == 130
    told = capsys.readouterr().err
    assert "is being put in the place of the database. This is finished first" in told
    assert told.endswith(
        "Stopped. The copy stands in the place of the database, and what stands above is to be done.\n"
    )
    assert "Laptops notice by themselves" in said, "whoever restores must know what is to be done again"
    assert set(numbers(town)) == set(before)
    assert command(town, "audit") == 0


def test_families_that_are_being_made_up_are_all_there_or_none(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    before = numbers(town)
    code, said = stopped(town, "\n", "seed", "--families", "3", "--seed", "7", "--records-per-family", "8")
    assert code == 130
    assert len(said.splitlines()) == 1, "it was stopped after the first"
    assert "What it had not finished was undone: the database is whole." in capsys.readouterr().err
    assert numbers(town) == before
    assert command(town, "seed", "--families", "3", "--seed", "7", "--records-per-family", "8") == 0


def test_postgresqls_own_programs_are_ended_or_waited_for(
    postgres: Postgres,
    tmp_path: Path,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Ctrl+C comes while one runs: a copy of now is given up, and one that is being put back is put back whole."""
    database = postgres.new_database()
    programs, pressing = programs_of(database), tmp_path / "pressing"
    pressing.mkdir()
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    with ExitStack() as stack:
        town = Town(tmp_path, clock, stack, database=database)
        town.council.seed(2, records_per_family=12)
        assert command(town, "backup", str(tmp_path / "copy")) == 0
        before = numbers(town)
        (pressing / "pg_dump").write_text("#!/bin/sh\nkill -INT $PPID\nexec tail -f /dev/null\n")
        restoring = f'#!/bin/sh\ncase "$*" in *--single*) kill -INT $PPID;; esac\nexec {programs}/pg_restore "$@"\n'
        (pressing / "pg_restore").write_text(restoring)
        for each in pressing.iterdir():
            each.chmod(0o700)
        capsys.readouterr()
        monkeypatch.setenv("PATH", str(pressing), prepend=os.pathsep)
        assert command(town, "backup", str(tmp_path / "second")) == 130
        assert "Stopped. No copy was written, and the database is as it was." in capsys.readouterr().err
        assert not list(tmp_path.glob("second*"))
        (pressing / "pg_dump").unlink()
        assert command(town, "restore", str(tmp_path / "copy"), "--replace") == 130
        said = capsys.readouterr()
        assert "This is finished first" in said.err
        assert "The copy stands in the place of the database" in said.err
        assert "Laptops notice by themselves" in said.out
        assert set(numbers(town)) == set(before)
        assert command(town, "audit") == 0


def test_a_copy_that_may_not_be_read_is_not_called_damaged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is a database: it would be put aside, and an older copy put in its place."""
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    database = tmp_path / "council.sqlite"
    database.write_bytes(b"SQLite format 3\0")
    database.chmod(0)
    (tmp_path / "copy").write_bytes(b"SQLite format 3\0")
    assert main(["restore", str(tmp_path / "copy"), "--replace", "--data", str(tmp_path)]) == 1
    assert "Permission denied" in capsys.readouterr().err
    assert database.exists()
