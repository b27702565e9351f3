"""The command ``import-sealed``: takes in the unsent work of a laptop that nobody can open any more."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sf_council import sealedfile
from sf_council.api.handed_in.intake import Fate, Handed, laptops_in, take_in
from sf_council.app import open_council
from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add
from sf_council.cli.stopping import Stopped, stoppable
from sf_council.cli.tables import print_table
from sf_council.database.council.pinned import pinned_keys
from sf_council.database.identity import workers
from sf_council.database.laptop import devices
from sf_council.keys import sealing_key
from sf_council.sealedfile import Damage, Entry
from sf_council.sealing import open_sealed
from sf_council.settings import Settings
from sf_record.errors import InputError

SAVED, BEGUN = "sealed.outbox", "sealed.drafts"  # one may be there without the other
Written = Counter[tuple[str, str]]  # entries by author and laptop
_ANOTHERS = (
    "The file is of another council's laptop, or --data is another council's. Keep it, and give it to the council that"
    " the laptop was set up for."
)
_LOOKED = "Nothing was taken in."
_TAKEN_SO_FAR = (
    "Each entry that stands above as taken in stays, whole. Keep the file and run the command again: what is known"
    " counts once."
)
_LEFT = frozenset({Fate.HELD, Fate.STRANGER, Fate.DAMAGED, Fate.CONTENT_MISSING, Fate.CONTENT_DAMAGED})
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
        nargs=2,
        metavar=("USERNAME", "DEVICE"),
        help="whose laptop it was, where the council does not know it: its database was restored from an older copy. "
        "Without this the command names such laptops",
    )
    taken.add_argument("--check", action="store_true", help="only say what is in it")


def _import(settings: Settings, told: argparse.Namespace) -> None:
    folder = told.file if told.file.is_dir() else told.file.parent
    contents = [_content(each) for each in _files(told.file)]
    parts = [part for content in contents for part in sealedfile.read(content)]
    with opened(settings) as council:  # which council it is, and that its tables are today's
        council_id = council.council_id
        pinned_keys(council.connection, council_id, settings.data)
        _require_ours(sealing_key(settings.data), parts)
        written = laptops_in(sealing_key(settings.data), parts)
        if told.laptop_of:
            _vouch(council, written, *told.laptop_of, is_check=told.check)
    handed: list[Handed] = []
    try:
        with stoppable(_LOOKED if told.check else _TAKEN_SO_FAR):
            _take_in(settings, parts, folder / "attachments", handed.append, is_check=told.check)
    except Stopped:
        if not told.check:
            _note(settings, handed, "stopped")
            _print(handed)
        raise
    if not told.check:
        _note(settings, handed)
    _print(handed)
    if any(each.fate is Fate.STRANGER for each in handed):
        with opened(settings) as council:
            for line in _unknown(council, written):
                print(line)
    _require_all(handed, is_check=told.check)


def _take_in(
    settings: Settings, parts: list[Entry | Damage], lying: Path, tell: Callable[[Handed], None], *, is_check: bool
) -> None:
    """Take in the entries and tell what became of each, as soon as it is known."""
    serving = open_council(settings)
    key = sealing_key(settings.data)

    async def take() -> None:
        async for each in take_in(serving, key, parts, is_check=is_check, folder=lying):
            tell(each)

    try:
        asyncio.run(take())
    finally:
        serving.database.close()


def _require_all(handed: list[Handed], *, is_check: bool) -> None:
    """Say aloud, and by the exit code, that a file is not done with: whoever is told nothing throws it away."""
    left = [each.fate for each in handed if each.fate in _LEFT]
    if not left:
        return
    can = "cannot be" if is_check else "could not be"
    rest = "All others can" if is_check else "All others are at the council, or stand above with what became of them"
    raise InputError(
        "not_all_taken",
        f"{len(left)} of {len(handed)} entries {can} taken in: keep the file, and the laptop's folder",
        f"{rest}. Take a fresh copy from the laptop, with the folder attachments beside it, and hand that in too: what"
        " is known counts once.",
    )


def _require_ours(key: bytes, parts: list[Entry | Damage]) -> None:
    """InputError where entries are whole and none opens: one by one they would all be called damaged."""
    entries = [each for each in parts if isinstance(each, Entry)]
    if entries and all(open_sealed(key, each.sealed, each.name.encode()) is None for each in entries):
        raise InputError(
            "sealed_to_another",
            f"{_none(len(entries))} with this council's key, and nothing was taken in",
            _ANOTHERS if len(entries) > 1 else f"{_ANOTHERS} One entry alone may also be damaged: take a fresh copy.",
        )


def _none(count: int) -> str:
    return "The one entry that is whole does not open" if count == 1 else f"None of the {count} entries opens"


def _vouch(council: Opened, written: Written, username: str, device_id: str, *, is_check: bool) -> None:
    """Take it on whoever runs this that this was somebody's laptop; what it holds is judged as that worker's."""
    worker_id = council.account(username).worker.id
    if (worker_id, device_id) not in written:
        raise InputError(
            "laptop_not_in_file",
            "Nothing in that file is of that worker and that laptop, and nothing was changed",
            "\n".join(_unknown(council, written)),
        )
    if not is_check and devices.vouch(council.connection, council.council_id, device_id, worker_id, council.now):
        council.note("laptop_vouched", worker_id=worker_id, subject=device_id)
        print(f"The laptop {device_id} is known again as one of {username}, and revoked.")


def _unknown(council: Opened, written: Written) -> list[str]:
    """Return lines that name the laptops of a file which the council does not know, each with what to do."""
    lines = []
    for (author_id, device_id), count in sorted(written.items()):
        if devices.get(council.connection, council.council_id, device_id) is None:
            username = workers.username(council.connection, council.council_id, author_id)
            whose = f"of {username}" if username else "of nobody whom the council knows"
            entries = "1 entry" if count == 1 else f"{count} entries"
            next_ = f"--laptop-of {username} {device_id}" if username else "add its worker, and set it up anew"
            lines.append(f"  {device_id}  {whose}, {entries}: {next_}")
    if not lines:
        return []
    return [
        "Laptops that the council does not know, each with what the file says of it:",
        *lines,
        "If the council was restored from an older copy, and the file is of that worker's laptop, give that option.",
        "One laptop at a time. Of a worker who was added since the copy nothing can be taken in.",
    ]


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
        raise InputError(
            "not_sealed", "That is not a sealed file of unsent work", "It is named sealed.outbox. Nothing was taken in."
        )
    return content


def _note(settings: Settings, handed: list[Handed], *more: str) -> None:
    counts = Counter(each.fate for each in handed)
    code = ",".join([f"{fate.name.lower()}={count}" for fate, count in sorted(counts.items())] + [*more])
    with opened(settings) as council:
        council.note("sealed_imported", code=code)


def _print(handed: list[Handed]) -> None:
    counts = Counter(each.fate for each in handed)
    print(f"{len(handed)} entries")
    for fate in Fate:
        if counts[fate]:
            print(f"{counts[fate]:>7}  {fate.value}")
    told = [each for each in handed if each.fate in _TELLS_ITS_IDS]
    print_table(("WHAT BECAME OF IT", "ENTRY", "CODE"), [(each.fate.value, each.name, each.code) for each in told])
