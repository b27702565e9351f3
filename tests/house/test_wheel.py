"""The wheel holds both programs with all that they read, and nothing of the house they were built in."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT

_READS = """
from sf_council.resources import intervals
from sf_desktop.paths import resources
from sf_desktop.resources import code_sets, working_days
from sf_desktop.ui.help.pages import help_pages
import sf_council.cli, sf_desktop.app

assert intervals() and working_days() and code_sets() and help_pages()
print(resources())
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from this checkout and unpack it, as an installation does."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    return folder / "installed"


def files(folder: Path) -> set[str]:
    """Return the files below a folder by their paths in it."""
    every = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in every}


def test_the_wheel_holds_every_module_and_every_resource(unpacked: Path) -> None:
    wanted = files(ROOT / "src") | {f"sf_record/resources/{each}" for each in files(ROOT / "resources")}
    wanted = {each for each in wanted if ".egg-info" not in each}
    assert wanted - files(unpacked) == set()


def test_the_wheel_holds_nothing_else(unpacked: Path) -> None:
    tops = {each.partition("/")[0] for each in files(unpacked)}
    assert {each for each in tops if not each.endswith(".dist-info")} == {"sf_record", "sf_desktop", "sf_council"}


def test_what_was_installed_finds_its_own_resources(unpacked: Path, own_home: dict[str, str]) -> None:
    program = f"import sys; sys.path.insert(0, {str(unpacked)!r})" + _READS
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=unpacked,
        env={**own_home, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    assert Path(told.stdout.strip()).is_relative_to(unpacked)
