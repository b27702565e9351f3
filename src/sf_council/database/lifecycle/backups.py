"""Copies a council's database while it serves, and puts a copy back after looking at it.

SQLite is copied by its own backup, page by page in one snapshot; PostgreSQL by its own programs, which must be there.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from alembic.util.exc import CommandError
from sqlalchemy import Connection, Select, func, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from sf_council.database import audit
from sf_council.database.engine import is_url, open_database
from sf_council.database.family import families
from sf_council.database.lifecycle.migrate import migrate
from sf_council.database.lifecycle.programs import run
from sf_council.database.tables import audit as audit_table
from sf_council.database.tables import council, device, family, recovery_slot, wipe_order, worker
from sf_council.durable import sync_folder
from sf_council.settings import Settings
from sf_record.errors import InputError

T = TypeVar("T")
_COUNTED = (family, device)
_ENDS = ("", "-wal", "-shm", "-journal")  # of the files of one SQLite database
_NO_TABLE = "SQLITE_ERROR"  # what SQLite calls a table or a column that is not there
_NOT_NOW = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_READONLY")
_ARCHIVE = b"PGDMP"  # how what pg_dump writes begins
_BEFORE_ALL = datetime(2020, 1, 1, tzinfo=UTC)  # before any council


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a database: counts, the time of the audit's last row, the highest number of any family file."""

    families: int
    devices: int
    last_at: str
    number: int


@dataclass(frozen=True, slots=True)
class Closed:
    """What was shut to somebody: laptops revoked, users disabled, laptops ordered to be wiped."""

    revoked: frozenset[str]
    disabled: frozenset[str]
    ordered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Laptops:
    """The laptops of a database and their recovery slots, as rows."""

    devices: tuple[dict[str, Any], ...]
    slots: tuple[dict[str, Any], ...]


def back_up(settings: Settings, to: Path) -> None:
    """Copy the whole database into a new file; one that is there is never written over."""
    if to.exists():
        raise _there(to)
    part = to.with_name(to.name + ".part")
    try:
        _remove(part)  # with its journal, where a copy was killed
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        if is_url(settings.database):
            run("pg_dump", settings, "--format=custom", "--no-owner", f"--file={part}")
        else:
            _copy(Path(settings.database), part)
        _keep(part, to)
    finally:
        _remove(part)


def given(settings: Settings, replaced: Content | None) -> int:
    """Return a number that no family file of the replaced database has gone beyond.

    One that cannot be read any more may have gone on from a copy that was put back before. No family file is written
    to every second for years, so the seconds since then are more than it can have given.
    """
    seconds = int((settings.clock.now() - _BEFORE_ALL).total_seconds())
    return max(seconds, replaced.number if replaced is not None else 0)


@contextmanager
def looked_at(settings: Settings, file: Path, given: int) -> Iterator[Path]:
    """Give a sound, checked copy of an SQLite backup, with today's tables; for PostgreSQL the file as it is.

    Its family files go on behind the number that was :func:`given`.

    InputError where it is no backup, is damaged, holds no council, was made by a newer program, or has a broken audit.
    """
    if not file.is_file():
        raise InputError("backup_missing", "There is no such file", "Check its name and place.")
    if is_url(settings.database):
        _require_archive(file)
        run("pg_restore", settings, "--list", str(file), reads_database=False)
        yield file
        return
    part = Path(settings.database).with_name("restoring.sqlite")
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _remove(part)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        _copy(file, part)
        _bring_to_today(Settings(database=str(part), data=settings.data), given)
        yield part
    finally:
        _remove(part)


def put_back(settings: Settings, part: Path, given: int, *, replaces: bool) -> None:
    """Put a looked-at copy in the place of the database, whole or not at all; whoever serves it meets the new one."""
    if is_url(settings.database):
        _restored(settings, part, replaces=replaces)
        _bring_to_today(settings, given)
        return
    target = Path(settings.database)
    if not target.exists():  # in one step: a program that is killed leaves no empty database, which would be served
        with closing(sqlite3.connect(part)) as whole:
            whole.execute("PRAGMA journal_mode = DELETE")
        _sync(part)
        part.replace(target)
        sync_folder(target.parent)
        return
    with closing(sqlite3.connect(part)) as source, closing(sqlite3.connect(target)) as sink:
        sink.execute("PRAGMA busy_timeout = 30000")
        try:
            source.backup(sink)
        except sqlite3.DatabaseError as error:
            raise _fault(error) from None


def named(settings: Settings) -> str:
    """Return the database as an option names it, an URL without its password."""
    if not is_url(settings.database):
        return settings.database
    return make_url(settings.database).render_as_string(hide_password=True)


def is_read_in_its_place(settings: Settings) -> bool:
    """Say whether a copy can be looked at only once it stands in the place of the database: so with PostgreSQL."""
    return is_url(settings.database)


def put_again(settings: Settings, aside: Path) -> None:
    """Put what a PostgreSQL database held before back, as it was and without looking at it."""
    _restored(settings, aside, replaces=True)


def is_damaged(settings: Settings) -> bool:
    """Say whether the file of an SQLite database is unsound; of PostgreSQL this is not asked.

    OSError where it may not be read, InputError where it is locked just now: neither is damage.
    """
    if is_url(settings.database) or not Path(settings.database).exists():
        return False
    with Path(settings.database).open("rb"):
        pass  # else a database that whoever runs this may not read would be called damaged, and put aside
    try:
        _check(Path(settings.database))
    except InputError as fault:
        if fault.code != "backup_damaged":
            raise
        return True
    return False


def put_aside(settings: Settings) -> Path:
    """Move the files of an SQLite database into a folder of this moment in ``data``, and return that."""
    file = Path(settings.database)
    folder = settings.data / f"damaged-{settings.clock.now():%Y%m%d-%H%M%S-%f}"
    folder.mkdir(parents=True, mode=0o700)
    for end in _ENDS:
        part = Path(f"{file}{end}")
        if part.exists():
            shutil.move(part, folder / part.name)
    return folder


def content(settings: Settings) -> Content | None:
    """Return what stands in the database; None where there is none, or nothing of a council in it."""
    if not is_url(settings.database) and not Path(settings.database).exists():
        return None
    return _asked(settings, _content)


def closed(settings: Settings) -> Closed | None:
    """Return what is shut to somebody in the database."""
    return _asked(settings, _closed)


def _asked(settings: Settings, work: Callable[[Connection], T]) -> T | None:
    database = open_database(settings)
    try:
        return database.read(work)
    except (OperationalError, ProgrammingError) as error:
        if isinstance(error, OperationalError) and getattr(error.orig, "sqlite_errorname", "") != _NO_TABLE:
            raise  # it is locked, or does not answer: that is no empty database
        return None  # it has no tables, or not yet those of today
    finally:
        database.close()


def _content(connection: Connection) -> Content | None:
    if connection.execute(select(func.count()).select_from(council)).scalar_one() == 0:
        return None
    families, devices = (connection.execute(select(func.count()).select_from(each)).scalar_one() for each in _COUNTED)
    last = connection.execute(select(func.max(audit_table.c.at))).scalar_one()
    number = connection.execute(select(func.max(family.c.seq))).scalar_one()
    return Content(families, devices, last or "", number or 0)


def _closed(connection: Connection) -> Closed:
    return Closed(
        revoked=_ids(connection, select(device.c.device_id).where(device.c.revoked_at.is_not(None))),
        disabled=_ids(connection, select(worker.c.username).where(worker.c.is_disabled)),
        ordered=ordered(connection),
    )


def set_up(settings: Settings) -> Laptops | None:
    """Return the laptops that the database knows, each with what lets it be recovered."""
    return _asked(settings, _laptops)


def _laptops(connection: Connection) -> Laptops:
    known = tuple(dict(row) for row in connection.execute(select(device)).mappings())
    return Laptops(known, tuple(dict(row) for row in connection.execute(select(recovery_slot)).mappings()))


def bring(connection: Connection, laptops: Laptops) -> tuple[list[str], list[str]]:
    """Add the laptops that a copy does not know yet; return the ids of those, and of those whose worker it lacks.

    A laptop is known by its key, and nobody but the replaced database has that: without it whatever the laptop holds
    could not be told from a stranger's, not even handed in sealed.
    """
    here = _ids(connection, select(device.c.device_id))
    people = {tuple(row) for row in connection.execute(select(worker.c.council_id, worker.c.worker_id))}
    new = [each for each in laptops.devices if each["device_id"] not in here]
    known = [each for each in new if (each["council_id"], each["worker_id"]) in people]
    added = {each["device_id"] for each in known}
    slots = [each for each in laptops.slots if each["device_id"] in added]
    for table, rows in ((device, known), (recovery_slot, slots)):
        if rows:
            connection.execute(insert(table), rows)
    return sorted(added), sorted(each["device_id"] for each in new if each["device_id"] not in added)


def ordered(connection: Connection) -> frozenset[str]:
    """Return the laptops for which an order to wipe stands."""
    return _ids(connection, select(wipe_order.c.device_id).where(wipe_order.c.withdrawn_at.is_(None)))


def _ids(connection: Connection, asked: Select[Any]) -> frozenset[str]:
    return frozenset(str(row[0]) for row in connection.execute(asked))


def _require_archive(file: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(len(_ARCHIVE)) != _ARCHIVE:
            raise _damaged()


def _restored(settings: Settings, file: Path, *, replaces: bool) -> None:
    clean = ("--clean", "--if-exists") if replaces else ()
    run("pg_restore", settings, "--single-transaction", "--exit-on-error", "--no-owner", *clean, str(file))


def _bring_to_today(settings: Settings, given: int) -> None:
    """Run the migrations that a copy lacks, hold every council's audit in it against its chain, and number it anew.

    PostgreSQL knows nothing yet of tables that were just put back: it is told to look.
    """
    database = open_database(settings)
    try:
        migrate(database)
        database.read(_check_audit)
        database.write(partial(families.number_anew, behind=given))
        database.survey()
    except CommandError:
        raise InputError(
            "backup_too_new", "This backup was made by a newer program", "Install that, and restore with it."
        ) from None
    finally:
        database.close()


def _check_audit(connection: Connection) -> None:
    councils = connection.execute(select(council.c.council_id)).scalars().all()
    if not councils:  # an empty file is a sound database of SQLite's, and any program's would be given our tables
        raise InputError("backup_empty", "There is no council in this copy", "Take another one.")
    for council_id in councils:
        broken = audit.first_broken(connection, council_id)
        if broken is not None:
            raise InputError(
                "backup_audit_broken",
                f"The audit in this backup is broken at row {broken}",
                "Keep the file as it is. Restore an older one.",
            )


def _copy(source: Path, target: Path) -> None:
    """Copy one SQLite file into another in one snapshot, and read all of the copy."""
    try:
        with closing(_reading(source)) as from_, closing(sqlite3.connect(target)) as to:
            from_.backup(to)
            to.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        raise _fault(error) from None
    _check(target)


def _check(file: Path) -> None:
    """Read all of an SQLite file; InputError where it is not sound."""
    try:
        with closing(_reading(file)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise _fault(error) from None
    if found != "ok":
        raise _damaged()


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _keep(part: Path, to: Path) -> None:
    """Give a finished copy its name once it is on the disk; another of that name is never written over."""
    _sync(part)
    try:
        _name(part, to)
    except FileExistsError:
        raise _there(to) from None
    sync_folder(to.parent)


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name(part: Path, to: Path) -> None:
    """Give a file its name; FileExistsError where there is one of that name."""
    try:
        os.link(part, to)
    except FileExistsError:
        raise
    except OSError:  # a disk (FAT, some shares) whose files have one name each: the name is taken first, empty
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(to)


def _remove(part: Path) -> None:
    for end in _ENDS:
        Path(f"{part}{end}").unlink(missing_ok=True)


def _there(to: Path) -> InputError:
    return InputError(
        "file_refused", f"{to.name} is there already", "Name a file that is not there yet. Nothing was written."
    )


def _fault(error: sqlite3.DatabaseError) -> InputError:
    """Tell a file that is not sound from one that could not be read, or a copy that could not be written, just now."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(_NOT_NOW):
        return InputError(
            "copy_failed",
            f"The database could not be read, or its copy not written: {name}",
            "Nothing was changed. See who may use these files, what else uses the database, and whether the disk is"
            " full; then run it again.",
        )
    return _damaged()


def _damaged() -> InputError:
    return InputError("backup_damaged", "This is no sound copy of a council's database", "Take another one.")
