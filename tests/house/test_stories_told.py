"""The page of stories names a test for each of the twenty, and each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^ *def (test_\w+)\(", re.MULTILINE)


def test_every_story_has_its_tests_and_every_test_named_is_there() -> None:
    page = (ROOT / "docs" / "stories.md").read_text()
    assert [int(each) for each in ROW.findall(page)] == list(range(1, 21))
    files = tuple((ROOT / "tests").rglob("test_*.py"))
    there = {name for path in files for name in DEFINED.findall(path.read_text())} | {path.stem for path in files}
    assert set(NAMED.findall(page)) <= there
    for row in (line for line in page.splitlines() if ROW.match(line)):
        assert NAMED.search(row), row
