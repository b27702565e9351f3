"""The commands ``attachments show`` and ``tidy``: what is kept, and what no record names any more."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta

from sf_council.cli.opening import Opened, opened
from sf_council.cli.parsing import Commands, add, group, whole
from sf_council.cli.stopping import Stopped, stoppable
from sf_council.contents import Address, Directory, folder_of
from sf_council.database.family import attachments
from sf_council.settings import Settings
from sf_record.errors import InputError


def add_commands(commands: Commands, where: argparse.ArgumentParser) -> None:
    """Add this module's commands."""
    kept = group(commands, "attachments", "the contents of attachments")
    add(kept, where, "show", _show, "say how many are kept, and how large they are")
    tidy = add(kept, where, "tidy", _tidy, "remove what no record names, and what never came whole")
    tidy.add_argument("--days", type=whole, default=30, help="only what was not touched for so long, 30 unless said")


def _show(settings: Settings, _told: argparse.Namespace) -> None:
    with opened(settings) as council:
        contents = Directory(folder_of(settings))
        kept = [each for each, _ in contents.addresses(council.council_id)]
        whole = [each for each in kept if contents.is_complete(each)]
        size = sum(contents.received(each) for each in kept)
    print(f"{len(whole)} contents, {len(kept) - len(whole)} on their way, {size:,} bytes")


def _tidy(settings: Settings, told: argparse.Namespace) -> None:
    if told.days < 1:  # what is on its way now would be among what never came whole
        raise InputError("days_too_few", "--days is 1 at least", "Nothing was removed. Leave it out for thirty days.")
    with opened(settings) as council:
        contents = Directory(folder_of(settings))
        removed, broken_off = 0, None
        try:
            with stoppable("What was removed until then is gone, and nothing else. Run it again for the rest."):
                for each in list(_lost(council, contents, told.days)):
                    removed += 1
                    contents.delete(each)
        except (Stopped, OSError) as why:  # what is gone is in the audit all the same
            broken_off = why
        council.note("attachments_tidied", code=f"count={removed}")
    if broken_off is not None:
        raise broken_off
    print(f"{removed} contents that no record names, or that never came whole, were removed.")


def _lost(council: Opened, contents: Directory, days: int) -> Iterator[Address]:
    before = (council.now - timedelta(days=days)).timestamp()
    for at, touched in contents.addresses(council.council_id):
        is_kept = attachments.is_kept(council.connection, at.council_id, at.family_id, at.sha256)
        if touched < before and not (is_kept and contents.is_complete(at)):
            yield at
