"""Runs the programs of PostgreSQL's own that copy a database and put a copy back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from sf_council.database.engine import open_database
from sf_council.settings import Settings
from sf_record.errors import InputError

_SECONDS = 6 * 3600
_WHY = "Run it by hand to see why; its version must fit."
_WHY_NOT_LISTED = "The copy was made by a newer pg_dump, or it is damaged: then take another one."


def run(program: str, settings: Settings, *words: str, reads_database: bool = True) -> None:
    """Run one of PostgreSQL's programs to its end on the council's database.

    The password goes by the environment, where no list of processes shows it. `reads_database` is False where a program
    only lists what is in a copy. InputError where it is missing or fails.
    """
    found = shutil.which(program)
    url = make_url(settings.database)
    if found is None:
        command = " ".join((program, f"--dbname={url.render_as_string(hide_password=True)}", *words))
        raise InputError("program_missing", f"{program} is not installed here", f"Where it is, run: {command}")
    known = {"PGHOST": url.host or url.query.get("host"), "PGPORT": url.port, "PGUSER": url.username}
    known |= {"PGPASSWORD": url.password, "PGDATABASE": url.database}
    environment = os.environ | {name: str(value) for name, value in known.items() if value}
    target = ["--dbname", url.database or ""] if program == "pg_restore" and reads_database else []
    status = _status_of([found, *target, *words], environment)
    if status != 0:
        # What it prints may quote rows, so it is not passed on.
        raise InputError(
            "program_failed",
            f"{program} ended with status {status}",
            f"Nothing was changed. {_versions(settings, found)} {_WHY if reads_database else _WHY_NOT_LISTED}",
        )


def _status_of(words: list[str], environment: dict[str, str]) -> int:
    """Run a program to its end and return its status; it is ended where this one is interrupted.

    It has a session of its own: Ctrl+C is for this program, which decides whether the other is ended. Until it is known
    here Ctrl+C waits, and what else ends a program: one that came while it starts would leave it running.
    """
    can_wait = hasattr(signal, "pthread_sigmask")  # not on Windows
    stops = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} if can_wait else set()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stops) if can_wait else set()
    child: subprocess.Popen[bytes] | None = None
    try:
        child = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL's, found by its name, without a shell
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        if can_wait:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        child.communicate(timeout=_SECONDS)
    except BaseException:
        if child is not None:
            child.kill()
            child.communicate()
        raise
    finally:
        if can_wait:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return child.returncode


def _versions(settings: Settings, program: str) -> str:
    """Say of which versions the program and the server are: the usual reason why they do not work together."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    database = open_database(settings)
    try:
        server = database.read(lambda connection: connection.exec_driver_sql("SHOW server_version").scalar_one())
    except DBAPIError:
        return f"It is {said.stdout.strip()}; the server does not answer."
    finally:
        database.close()
    return f"It is {said.stdout.strip()}; the server is {server}."
