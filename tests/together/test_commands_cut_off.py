"""A council's command that is ended from outside, as by a machine that is shut down or a line that is cut."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sf_council.database import audit
from sf_council.database.tables import audit as audit_rows
from tests.builders.towns import Town
from tests.faults.children import lacks_strace
from tests.faults.small_disk import fill, lacks_small_disk, small_disk
from tests.together.test_handed_in import notes_at_council, sealed, unsent
from tests.together.test_restoring import command, numbers
from tests.together.test_stopped_commands import stopped

pytestmark = pytest.mark.skipif(bool(lacks_strace()), reason=lacks_strace() or "-")
PROGRAM = Path(sys.executable).with_name("sf-council")
ENTRIES = 600  # the first 500 go in together


def cut_off(town: Town, at: str, *words: str, on: Path | None = None) -> tuple[int, str, str]:
    """Run a command as its own program, with a signal at one call (``pwrite64:signal=TERM:when=40``), of one file."""
    settings = town.council.settings
    where = ("--database", settings.database, "--data", str(settings.data))
    watched = ["strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=pwrite64,unlink", "-e", f"inject={at}"]
    watched += ["-P", str(on)] if on else []
    ran = subprocess.run([*watched, PROGRAM, *words, *where], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout, ran.stderr


def imports_noted(town: Town) -> list[str]:
    asked = audit_rows.select().where(audit_rows.c.what == "sealed_imported").order_by(audit_rows.c.number)
    return [str(row.code) for row in town.council.do(lambda c: c.execute(asked).all())]


@pytest.mark.parametrize("name", ["INT", "TERM"])
def test_a_sealed_file_goes_in_as_far_as_it_was_and_the_rest_the_next_time(
    town: Town, tmp_path: Path, name: str
) -> None:
    """Ctrl+C did not stop it, SIGTERM ended it without a word; and nothing in the audit said what had been taken in."""
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    events = unsent(worker, ENTRIES)
    file = sealed(town, tmp_path / "sealed.outbox", events)
    code, out, err = cut_off(town, f"pwrite64:signal={name}:when=40", "import-sealed", str(file))
    assert code == 128 + getattr(signal, f"SIG{name}")
    assert err.startswith("Stopped. Each entry that stands above as taken in stays, whole. Keep the file and run")
    (noted,) = imports_noted(town)
    taken = [each for each in (0, 500) if out.startswith(f"{each} entries\n")]
    assert taken, "it went on to the end"
    assert noted == (f"taken={taken[0]},stopped" if taken[0] else "stopped")
    assert command(town, "import-sealed", str(file)) == 0
    assert {each.record_id for each in events} <= notes_at_council(supervisor)
    known = f",known={taken[0]}" if taken[0] else ""
    assert imports_noted(town)[1:] == [f"{known.lstrip(',')}{',' if known else ''}taken={ENTRIES - taken[0]}"]


def test_a_sealed_file_whose_import_is_killed_is_taken_in_the_next_time_once(town: Town, tmp_path: Path) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    events = unsent(worker, ENTRIES)
    file = sealed(town, tmp_path / "sealed.outbox", events)
    before = notes_at_council(supervisor)
    for number in (30, 90, 500):
        assert cut_off(town, f"pwrite64:signal=KILL:when={number}", "import-sealed", str(file))[0] == -9
    assert command(town, "import-sealed", str(file)) == 0
    worker.round()  # and the laptop itself sends the same
    assert notes_at_council(supervisor) - before == {each.record_id for each in events}
    assert town.council.do(lambda c: audit.first_broken(c, town.council.council.id)) is None


@pytest.mark.parametrize("name", ["TERM", "HUP"])
def test_what_must_not_be_cut_off_is_finished_first(town: Town, tmp_path: Path, name: str) -> None:
    file = tmp_path / "recovery.key"
    private = town.council.settings.data / "recovery.key"
    code, out, err = cut_off(town, f"unlink:signal={name}:when=1", "recovery", "move", str(file), on=private)
    assert code == 128 + getattr(signal, f"SIG{name}")
    assert "The key is being moved. This is finished first" in err
    assert err.endswith("Stopped. The key was moved, and what stands above is to be done.\n")
    assert "Make a second copy" in out
    assert len(file.read_bytes()) == 45
    assert not private.exists()


def test_a_damaged_database_is_replaced_in_one_step(town: Town, tmp_path: Path) -> None:
    """A restore that was killed left an empty database, and the council that was started next began a new one."""
    assert command(town, "backup", str(tmp_path / "copy")) == 0
    before = set(numbers(town))
    database = Path(town.council.settings.database)
    with town.council.offline():
        database.write_bytes(b"no database at all " * 1_000)
        at = "pwrite64:signal=KILL:when=1"
        assert cut_off(town, at, "restore", str(tmp_path / "copy"), "--replace", on=database)[0] == -9
    assert set(numbers(town)) == before
    assert not list(database.parent.glob("restoring*"))


def test_what_was_removed_until_a_stop_is_in_the_audit(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    settings = town.council.settings
    folder = settings.data / "attachments" / town.council.council.id / "pretend"
    folder.mkdir(parents=True)
    for number in range(5):
        left = folder / f"{number:064}"
        left.write_bytes(b"pretend")
        os.utime(left, (0, 0))
    at = "unlink:signal=TERM:when=1"
    code, _, err = cut_off(town, at, "attachments", "tidy", on=folder / f"{2:064}")
    assert code == 143
    assert err == "Stopped. What was removed until then is gone, and nothing else. Run it again for the rest.\n"
    assert len(list(folder.iterdir())) == 2
    asked = audit_rows.select().where(audit_rows.c.what == "attachments_tidied")
    (noted,) = town.council.do(lambda c: c.execute(asked).all())
    assert noted.code == "count=3"


def test_ctrl_c_that_comes_as_the_command_ends_is_told(town: Town, tmp_path: Path) -> None:
    code, said = stopped(town, "The private recovery key is in", "recovery", "move", str(tmp_path / "recovery.key"))
    assert code == 130
    assert "Make a second copy" in said


@pytest.mark.skipif(bool(lacks_small_disk()), reason=lacks_small_disk() or "-")
def test_the_recovery_key_stays_where_it_is_when_the_medium_is_full(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private = town.council.settings.data / "recovery.key"
    before = private.read_bytes()
    with small_disk(tmp_path / "stick") as stick:
        fill(stick / "filler")
        capsys.readouterr()
        assert command(town, "recovery", "move", str(stick / "recovery.key")) == 1
        told = capsys.readouterr().err
        assert "There is no room for it: the key was not moved, and is where it was" in told
        assert private.read_bytes() == before
        (stick / "filler").unlink()
        assert command(town, "recovery", "move", str(stick / "recovery.key")) == 0
        assert (stick / "recovery.key").read_bytes() == before
