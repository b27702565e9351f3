"""The commands of the privacy notice: a version is complete or not published, and never changed afterwards."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sf_council.cli import main

CONTACTS = (
    "--service-contact", "01632 960002", "--officer-contact", "01632 960003", "--complaints-contact", "01632 960004",
)  # fmt: skip
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        code = main([*words, "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return code, said.out, said.err

    run_it("config", "set", "--council-name", "Pretend County")
    return run_it


def known(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("config", "show")[1]).get("notices", [])
    return found


def test_the_template_is_filled_in_and_put_in_force(run: Run) -> None:
    assert "{officer_contact}" in run("notice", "template")[1]
    assert "{complaints_contact}" in run("notice", "template", "--easy")[1]
    code, said, _ = run("notice", "publish", "2027-1", "--effective-from", "2027-04-01", *CONTACTS)
    assert (code, said.startswith("2027-1 from 2027-04-01. ")) == (0, True)
    (notice,) = known(run)
    assert "Pretend County" in notice["text"]
    assert "1 April 2027" in notice["easy_text"]
    assert "{" not in notice["text"] + notice["easy_text"]


def test_the_council_may_use_its_own_text_with_the_same_places(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("# Our notice\n\nVersion {version} of {council}.\n\n{retention}\n", encoding="utf-8")
    words = ("notice", "publish", "7", "--effective-from", "2027-04-01", *CONTACTS)
    assert run(*words, "--text", str(own), "--easy-text", str(own))[0] == 0
    (notice,) = known(run)
    assert notice["text"].startswith("# Our notice\n\nVersion 7 of Pretend County.\n\n- A child who was looked after")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("1", "--effective-from", "2027-04-01"), "--officer-contact"),
        (("1", "--effective-from", "April", *CONTACTS), "day cannot be read"),
        ((" ", "--effective-from", "2027-04-01", *CONTACTS), "needs a name"),
        (("1", "--effective-from", "2027-04-01", *CONTACTS, "--text", "nowhere.md"), "cannot be read"),
    ],
)
def test_what_is_not_complete_is_not_published(run: Run, words: tuple[str, ...], told: str) -> None:
    code, _, said = run("notice", "publish", *words)
    assert code == 1
    assert told in said
    assert known(run) == []


def test_a_version_is_never_another_text(run: Run) -> None:
    publish = ("notice", "publish", "1", *CONTACTS, "--effective-from")
    assert run(*publish, "2027-04-01")[0] == 0
    assert run(*publish, "2027-05-01")[0] == 1
    assert run("notice", "publish", "2", *CONTACTS, "--effective-from", "2027-06-01")[0] == 0
    assert [line.split() for line in run("notice", "list")[1].splitlines()] == [
        ["FROM", "VERSION"],
        ["2027-04-01", "1"],
        ["2027-06-01", "2"],
    ]


@pytest.mark.parametrize("age", ["18", "2013"])
def test_an_age_that_no_child_has_is_refused(run: Run, age: str) -> None:
    code, _, said = run("config", "set", "--notice-from-age", age)
    assert (code, "That is no child's age" in said) == (1, True)
    assert json.loads(run("config", "show")[1]).get("notice_from_age", 0) == 0
    assert run("config", "set", "--notice-from-age", "12")[0] == 0
