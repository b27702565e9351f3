"""A copy of the database is made wherever the disk lets a file be written, and never over another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sf_council.cli import main

_RUN = "import sys; from sf_council.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("strace") is None, reason="needs Linux and strace")
def test_a_copy_is_made_on_a_stick_whose_files_have_one_name_each(tmp_path: Path) -> None:
    """A file of a FAT disk has no second name: giving the finished copy its own is refused there."""
    data, to = tmp_path / "data", tmp_path / "stick" / "copy"
    to.parent.mkdir()
    where = ("--database", str(data / "council.sqlite"), "--data", str(data))
    assert main(["migrate", *where]) == 0
    assert main(["user", "list", *where]) == 0  # which makes the council
    one_name = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=link,linkat:error=EPERM")

    def back_up() -> subprocess.CompletedProcess[str]:
        words = [*one_name, sys.executable, "-c", _RUN, "backup", str(to), *where]
        return subprocess.run(words, capture_output=True, text=True, check=False, timeout=200)

    made = back_up()
    assert made.returncode == 0, made.stderr
    assert [path.name for path in to.parent.iterdir()] == ["copy"]
    content = to.read_bytes()
    assert content.startswith(b"SQLite format 3")
    again = back_up()
    assert again.returncode == 1
    assert "copy is there already" in again.stderr
    assert to.read_bytes() == content
