"""Makes an empty home and temp folder for a program under test, and names them to it as an environment."""

from __future__ import annotations

from pathlib import Path


def a_home(folder: Path) -> dict[str, str]:
    """Return the variables that lead a program to `folder/home` and `folder/tmp` and nowhere else."""
    home, temp = folder / "home", folder / "tmp"
    for each in (home, temp):
        each.mkdir(mode=0o700)
    return {
        "HOME": str(home),
        "TMPDIR": str(temp),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_STATE_HOME": str(home / ".local/state"),
    }
