"""The commands about groups: opened for named people and an activity that is listed, and for one more later."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sf_council.cli import main

PASSWORD = "pretend-password-for-trying"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*words: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([*words, "--data", str(tmp_path)])
        said = capsys.readouterr()
        return code, (said.out + said.err).strip()

    assert run_it("migrate")[0] == 0
    for username, role, team in (("keeper", "centre", ()), ("worker", "practitioner", ("--team", "Pretend team"))):
        words = ("user", "add", username, "--name", f"Pretend {username}", "--role", role)
        assert run_it(*words, *team, typed=f"{PASSWORD}\n")[0] == 0
    listed = tmp_path / "activities.json"
    listed.write_text(json.dumps({"activities": [{"code": "play", "label": "Pretend stay and play"}]}))
    assert run_it("config", "import", str(listed))[0] == 0
    return run_it


def test_a_group_is_opened_and_one_more_person_let_in(run: Run) -> None:
    code, group_id = run("group", "open", "Pretend group", "--activity", "play", "--for", "keeper")
    assert code == 0
    code, said = run("group", "allow", group_id, "worker")
    assert (code, said.startswith("worker has the register from today")) == (0, True)
    assert run("audit")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("group", "open", "Pretend", "--activity", "none", "--for", "keeper"), "There is no activity of that code"),
        (("group", "allow", "01935808-ec00-71d7-b636-d85099090016", "keeper"), "There is no group of that id"),
    ],
)
def test_what_is_not_there_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    code, told = run(*words)
    assert code == 1
    assert told.startswith(said)
