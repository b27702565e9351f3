"""Says where things are on this computer (data, logs, resources), and makes a folder private."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

_APPLICATION = "strengthening-families"


SET_ASIDE = "set-aside"


class Paths(NamedTuple):
    """The folders of one run of the program. Nothing is made here; whoever writes makes its own folder."""

    data: Path

    @property
    def vaults(self) -> Path:
        """One folder per person per laptop lies in here."""
        return self.data / "vaults"

    @property
    def set_aside(self) -> Path:
        """Vaults that could not be opened wait in here."""
        return self.data / SET_ASIDE

    @property
    def settings(self) -> Path:
        """What is chosen on this laptop before anybody unlocks: theme, size of text, the vault used last."""
        return self.data / "settings.json"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def crashes(self) -> Path:
        return self.data / "crashes"


def paths(data_dir: Path | None = None) -> Paths:
    """Return the folders: under ``data_dir`` where one is given (``--data-dir``), else the computer's usual place."""
    return Paths((data_dir or _usual()).expanduser().absolute())


def _usual() -> Path:
    import platformdirs  # not needed where a folder is named

    return platformdirs.user_data_path(_APPLICATION, appauthor=False, roaming=False)


def resources() -> Path:
    """Return the resources folder of a frozen program, an installed wheel or a checkout, whichever this is."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    source = Path(__file__).resolve().parent.parent
    installed = source / "sf_record" / "resources"
    return installed if installed.is_dir() else source.parent / "resources"


def make_private(folder: Path) -> None:
    """Make a folder that only this person may enter, or refuse: files in it are private because it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32":
        return  # the folder inherits the profile's access list, which names this person and the system only
    folder.chmod(0o700)
    found = folder.stat()
    if stat.S_IMODE(found.st_mode) != 0o700 or found.st_uid != os.getuid():
        from sf_desktop.wording import error  # hardly ever needed, and long to import

        raise error("vault_not_private")
