"""Commands ``backup`` and ``restore``: a copy of the database while it serves, and putting one back."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add
from sf_council.cli.stopping import AGAIN, stoppable, uncut
from sf_council.database import audit
from sf_council.database.council.pinned import pinned_keys
from sf_council.database.laptop import laptops
from sf_council.database.lifecycle import backups
from sf_council.database.lifecycle.backups import Closed, Laptops
from sf_council.settings import Settings
from sf_record.errors import InputError

_AS_IT_WAS = f"Nothing was changed: the database is as it was. {AGAIN}"
_PUT_BACK = "The copy stands in the place of the database, and what stands above is to be done."
_HIDDEN = "***"  # as SQLAlchemy prints a password


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    backup = add(commands, where, "backup", _backup, "copy the database into a new file, also while it serves")
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    restore = add(
        commands,
        where,
        "restore",
        _restore,
        "look at a copy, and put it in the place of the database; stop the server for it",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what backup wrote")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="the database is not empty: it is copied aside into --data first, and what has to be done again is listed",
    )


def _backup(settings: Settings, told: argparse.Namespace) -> None:
    with opened(settings) as council:  # which council it is, and that its tables are today's
        broken = audit.first_broken(council.connection, council.council_id)
    with stoppable(f"No copy was written, and the database is as it was. {AGAIN}"):
        backups.back_up(settings, told.file)
    with uncut("The copy is there.", "The copy is there, and whole."):
        with opened(settings) as council:
            council.note("backed_up")
        print(f"The database is copied into {told.file.name}.")
    print("Copy the folder --data too, and keep it apart: without its keys no laptop trusts a restored council.")
    if broken is not None:
        raise InputError(
            "audit_broken",
            f"But its audit is broken at row {broken}, and restore takes no such copy",
            "Keep every copy from before that; the newest of them is the one to restore. sf-council audit says more.",
        )


def _restore(settings: Settings, told: argparse.Namespace) -> None:
    _require_readable(told.file)
    is_damaged = backups.is_damaged(settings)
    if is_damaged and not told.replace:
        raise InputError(
            "database_damaged",
            "The file of the database is damaged: it cannot be read, or not all of it",
            "Nothing was changed. Stop the council. With --replace the damaged file is kept in --data, and the copy is"
            " put in its place.",
        )
    before = None if is_damaged else backups.content(settings)
    if before is not None and not told.replace:
        raise InputError(
            "database_not_empty",
            f"The database is not empty: it holds {before.families} files of families and groups",
            "Nothing was changed. With --replace the copy is put in its place, after the database was copied aside.",
        )
    shut = backups.closed(settings) if before is not None else None
    laptops = backups.set_up(settings) if before is not None else None
    given = backups.given(settings, before)
    aside: Path | None = None
    with ExitStack() as whole:  # from the first change until all that is to be done again was said
        try:
            with stoppable(_AS_IT_WAS), backups.looked_at(settings, told.file, given) as part:
                if before is not None:
                    aside = _set_aside(settings)
                    print(f"The database as it was is copied into {aside.name}, in --data.")
                whole.enter_context(uncut("The copy is being put in the place of the database.", _PUT_BACK))
                if is_damaged:
                    print(f"The damaged database is kept in {backups.put_aside(settings).name}, in --data.")
                    print("A council that was serving it has to be stopped, and started again.")
                backups.put_back(settings, part, given, replaces=before is not None)
        except InputError as fault:
            raise _undone(settings, fault, aside) from fault
        _finish(settings, told, shut, laptops)


def _require_readable(file: Path) -> None:
    """InputError where there is no such file; OSError where it may not be read: that is no damage."""
    if file.is_dir():
        raise InputError(
            "backup_missing", "That is a folder", "Name the file in it that backup wrote. Nothing was changed."
        )
    if not file.is_file():
        raise InputError("backup_missing", "There is no such file", "Check its name and place. Nothing was changed.")
    with file.open("rb"):
        pass


def _finish(settings: Settings, told: argparse.Namespace, shut: Closed | None, laptops: Laptops | None) -> None:
    """Bring into the copy what it forgot and can be known, and say what people have to do again."""
    with opened(settings) as council:
        council.note("restored")
        brought, lost = backups.bring(council.connection, laptops) if laptops is not None else ([], [])
        withdrawn = _withdraw_again(council, shut)
        keys = _fault_of_keys(council, settings)
    now = backups.content(settings)
    if now is not None:
        print(f"The database is that of the copy: {now.families} files of families and groups, {now.devices} laptops.")
    _say_of_laptops(brought, lost)
    for device_id in withdrawn:
        print(f"An order to wipe {device_id} stood in the copy. It had been withdrawn, and is withdrawn again.")
    _say_what_to_do_again(settings, told, shut)
    if keys is not None:
        print("BEFORE THE COUNCIL SERVES AGAIN, see to its keys:", keys.title, keys.advice, sep="\n  ")


def _fault_of_keys(council: Opened, settings: Settings) -> InputError | None:
    """Return what is wrong with the keys in the folder: those of the copy may have to be brought from their backup."""
    try:
        pinned_keys(council.connection, council.council_id, settings.data)
    except InputError as fault:
        return fault
    return None


def _undone(settings: Settings, fault: InputError, aside: Path | None) -> InputError:
    """Say of a copy that is not fit what the database holds now; one for PostgreSQL is read in its place only."""
    if fault.code in {"program_failed", "program_missing", "backup_missing"}:
        return fault  # it says so itself
    if not backups.is_read_in_its_place(settings) or fault.code == "backup_damaged":  # that was seen before
        now = "Nothing was changed."
    elif aside is not None:
        try:
            backups.put_again(settings, aside)
        except InputError as again:
            return _stuck(fault, again, aside)
        now = "The database is again as it was."
    else:
        now = "The database was empty, and holds that copy now: --replace puts another in its place."
    return InputError(fault.code, fault.title, f"{fault.advice} {now}")


def _stuck(fault: InputError, again: InputError, aside: Path) -> InputError:
    """Say that what stood before could not be put back either, and where it is."""
    return InputError(
        fault.code,
        f"{fault.title}. What the database held before could not be put back: {again.title}",
        f"THE DATABASE HOLDS THE COPY THAT IS NOT FIT: do not serve it. As it was it is kept in {aside.name}, in"
        " --data. See to what hinders, and put that back: sf-council restore --replace, with this file.",
    )


def _say_of_laptops(brought: list[str], lost: list[str]) -> None:
    if len(brought) == 1:
        print("One laptop was set up since the copy, and stays known. Its worker signs in once more.")
    elif brought:
        print(f"{len(brought)} laptops were set up since the copy, and stay known. Their workers sign in once more.")
    for device_id in lost:
        print(f"The laptop {device_id} is not known any more: its worker was added since the copy.")
        print("Keep its folder, add the worker, and set the laptop up anew. What is in it can be read in its window.")


def _withdraw_again(council: Opened, shut: Closed | None) -> list[str]:
    """Withdraw the orders to wipe that the copy brings back: else a laptop would be destroyed, or never get a lease."""
    brought = backups.ordered(council.connection) - shut.ordered if shut is not None else frozenset()
    done = []
    for device_id in sorted(brought):
        order = laptops.known(council.connection, council.council_id, device_id).order
        if order is None:
            continue
        if laptops.withdraw(council.connection, council.council_id, device_id, order.number, council.now):
            council.note("wipe_withdrawn", subject=device_id)
            done.append(device_id)
    return done


def _set_aside(settings: Settings) -> Path:
    """Copy the database aside, under a name of this moment."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    to = settings.data / f"replaced-{settings.clock.now():%Y%m%d-%H%M%S-%f}.backup"
    backups.back_up(settings, to)
    return to


def _say_what_to_do_again(settings: Settings, told: argparse.Namespace, shut: Closed | None) -> None:
    print("Laptops notice by themselves, and send again what they still know.")
    now = backups.closed(settings)
    if shut is None or now is None:
        print("Laptops set up since the copy are not known any more: have them set up anew, and keep their folders.")
        print(
            "sf-council import-sealed FOLDER names such a laptop, and takes in what was written on it when told whose."
        )
        print("Do again what was done since the copy: revoke laptops, disable users, order wipes, allocate, passwords.")
        return
    where = _where(settings, told)
    again = (
        *_lines("device revoke", shut.revoked - now.revoked, where),
        *_lines("user disable", shut.disabled - now.disabled, where),
        *_lines("device wipe --reason CODE", shut.ordered - now.ordered, where),
    )
    if again:
        print("DO AGAIN, because the copy is older:", *again, sep="\n  ")
        if _HIDDEN in where:
            print(f"Where {_HIDDEN} stands, put the password of the database.")
    else:
        print("Nobody was shut out since the copy.")
    print("Allocations, passwords and one-time codes are those of the copy too.")


def _where(settings: Settings, told: argparse.Namespace) -> str:
    """Return the options that say which council is meant; a password is not printed."""
    words = ["--data", str(settings.data)]
    if told.database:
        words += ["--database", backups.named(settings)]
    if told.council:
        words += ["--council", told.council]
    return shlex.join(words)


def _lines(command: str, ids: Iterable[str], where: str) -> list[str]:
    """Return whole commands, to be copied: without its folder another council would be meant, or none."""
    return [f"sf-council {command} {each} {where}" for each in sorted(ids)]
