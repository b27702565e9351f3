"""Says where things are on this computer: the data folder, the log folder and the resources."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APPLICATION = "strengthening-families"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one run of the program. Nothing is made here; whoever writes makes its own folder."""

    data: Path

    @property
    def vaults(self) -> Path:
        """One folder per person per laptop lies in here."""
        return self.data / "vaults"

    @property
    def set_aside(self) -> Path:
        """Vaults that could not be opened wait in here."""
        return self.data / "set-aside"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def crashes(self) -> Path:
        return self.data / "crashes"


def paths(data_dir: Path | None = None) -> Paths:
    """Return the folders: under ``data_dir`` where one is given (``--data-dir``), else the computer's usual place."""
    usual = platformdirs.user_data_path(_APPLICATION, appauthor=False, roaming=False)
    return Paths((data_dir or usual).expanduser().absolute())


def resources() -> Path:
    """Return the resources folder of a frozen program, an installed wheel or a checkout, whichever this is."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    source = Path(__file__).resolve().parent.parent
    installed = source / "sf_record" / "resources"
    return installed if installed.is_dir() else source.parent / "resources"
