"""The command ``import-sealed``: takes in the unsent work of a laptop that nobody can open any more."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from pathlib import Path

from sf_council import sealedfile
from sf_council.api.handed_in.intake import Fate, Handed, laptops_of, take_in
from sf_council.app import open_council
from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add
from sf_council.database import audit
from sf_council.database.laptop import devices
from sf_council.keys import sealing_key
from sf_council.sealedfile import Damage, Entry
from sf_council.settings import Settings
from sf_record.dates import moment_text
from sf_record.errors import InputError

SAVED, BEGUN = "sealed.outbox", "sealed.drafts"  # one may be there without the other
_TELLS_ITS_IDS = frozenset(Fate) - {
    Fate.TAKEN, Fate.KNOWN, Fate.FINISHED, Fate.READABLE, Fate.CONTENT, Fate.CONTENT_KNOWN, Fate.CONTENT_READABLE
}  # fmt: skip


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    taken = add(commands, where, "import-sealed", _import, "take in a laptop's sealed file of unsent work")
    taken.add_argument(
        "file",
        type=Path,
        help="the laptop's sealed.outbox, or the folder with it; a sealed.drafts beside it is taken in too",
    )
    taken.add_argument(
        "--laptop-of",
        metavar="USERNAME",
        help="whose laptop it was, where the council does not know it: its database was restored from an older copy",
    )
    taken.add_argument("--check", action="store_true", help="only say what is in it")


def _import(settings: Settings, told: argparse.Namespace) -> None:
    folder = told.file if told.file.is_dir() else told.file.parent
    contents = [_content(each) for each in _files(told.file)]
    parts = [part for content in contents for part in sealedfile.read(content)]
    with opened(settings) as council:  # which council it is, and that its tables are today's
        council_id = council.council_id
        if told.laptop_of and not told.check:
            _vouch(council, settings, parts, told.laptop_of)
    serving = open_council(settings)
    try:
        lying = folder / "attachments"
        handed = asyncio.run(take_in(serving, sealing_key(settings.data), parts, is_check=told.check, folder=lying))
    finally:
        serving.database.close()
    if not told.check:
        _note(settings, council_id, handed)
    _print(handed)


def _vouch(council: Opened, settings: Settings, parts: list[Entry | Damage], username: str) -> None:
    """Take it on whoever runs this that these were somebody's laptops; what they hold is judged as that worker's."""
    worker_id = council.account(username).worker.id
    for device_id in sorted(laptops_of(sealing_key(settings.data), parts, worker_id)):
        if devices.vouch(council.connection, council.council_id, device_id, worker_id, council.now):
            at = moment_text(council.now)
            audit.note(
                council.connection, council.council_id, at, "laptop_vouched", worker_id=worker_id, subject=device_id
            )
            print(f"The laptop {device_id} is known again as one of {username}, and revoked.")


def _files(named: Path) -> tuple[Path, ...]:
    """Return what is to be read: a file by any name with what was begun beside it, or both files of a folder."""
    if not named.is_dir():
        beside = named.with_name(BEGUN)
        return tuple(dict.fromkeys(each for each in (named, beside) if each.is_file())) or (named,)
    return tuple(each for each in (named / SAVED, named / BEGUN) if each.is_file()) or (named / SAVED,)


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as cause:
        raise InputError(
            "file_refused",
            "That file cannot be read",
            "It lies in the laptop's data folder, in vaults, and is named sealed.outbox; its folder may be named too.",
        ) from cause
    if not content.startswith(sealedfile.MAGIC):
        raise InputError("not_sealed", "That is not a sealed file of unsent work", "It is named sealed.outbox.")
    return content


def _note(settings: Settings, council_id: str, handed: list[Handed]) -> None:
    counts = Counter(each.fate for each in handed)
    code = ",".join(f"{fate.name.lower()}={count}" for fate, count in sorted(counts.items()))
    with opened(settings) as council:
        audit.note(council.connection, council_id, moment_text(council.now), "sealed_imported", code=code)


def _print(handed: list[Handed]) -> None:
    counts = Counter(each.fate for each in handed)
    print(f"{len(handed)} entries")
    if counts[Fate.STRANGER]:
        print("If the council was restored from an older copy, say whose laptop it was: --laptop-of USERNAME.")
    for fate in Fate:
        if counts[fate]:
            print(f"{counts[fate]:>7}  {fate.value}")
    for each in handed:
        if each.fate in _TELLS_ITS_IDS:
            print(each.fate.value, each.name, each.code, sep="\t")
