"""Files that are being written outside the vault: what a kill leaves of one is removed by the next run."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from secrets import token_hex

from sf_desktop.ops.office import Office
from sf_desktop.store.tables import meta

THIS_RUN = token_hex(8)  # what another run of the program was writing is written by nobody any more
BEING_WRITTEN = "export_beside"  # in the vault: each part with the run that writes it, a line for each
_BESIDE = re.compile(r"\.[0-9a-f]{16}\.part")


def remove(part: Path) -> None:
    """Remove a part that was left; only what is called as one is."""
    if _BESIDE.fullmatch(part.name):
        with contextlib.suppress(OSError, ValueError):
            part.unlink(missing_ok=True)


def note(office: Office, part: Path) -> None:
    """Keep in mind that a part is about to be written."""
    _keep(office, [*_known(office), f"{THIS_RUN} {part}"])


def forget(office: Office, part: Path) -> None:
    """It is whole and in its place, or was given up."""
    _keep(office, [each for each in _known(office) if each.partition(" ")[2] != str(part)])


def clear(office: Office, this_run: str = THIS_RUN) -> None:
    """Remove the parts that a kill, or a lock in the middle, left where they were being written."""
    known = _known(office)
    mine = [each for each in known if each.partition(" ")[0] == this_run]
    for each in known:
        if each not in mine:
            remove(Path(each.partition(" ")[2]))
    if mine != known:
        _keep(office, mine)


def _known(office: Office) -> list[str]:
    return (meta.read(office.connection, BEING_WRITTEN) or "").splitlines()


def _keep(office: Office, lines: list[str]) -> None:
    meta.write(office.connection, BEING_WRITTEN, "\n".join(lines) or None)
