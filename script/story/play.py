"""Plays the demonstration: a council, a laptop, a lost signal, a kill, a receipt, a supervisor's laptop."""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from held import came_today, differences
from sweep import sweep, words_of

HERE = Path(__file__).resolve().parent
FAMILIES, RECORDS_PER_FAMILY = 8, 60
PASSPHRASE = "larch kettle orbit mango"
SENTENCES = (
    "Quillberry blankets were folded on the new bed, and the room was warm.",
    "Both showed me the chart that they made together, five stars this week.",
    "The landlord has been told twice about the damp beside the back window.",
)


OURS = {
    "lone_working": [{"label": "Duty desk (pretend)", "number": "01632 960002"}],
    "activities": [
        {"code": "cooking", "label": "Cook together (pretend)", "about": "Families, Fridays at 15:45"},
        {"code": "bumps", "label": "Bumps and babies (pretend)", "about": "Parents-to-be, Thursdays at 13:30"},
    ],
    "cost_bands": [
        {"code": "A", "label": "Band A: up to £100 (pretend)"},
        {"code": "B", "label": "Band B: £100 to £1,000 (pretend)"},
    ],
}


class Failed(Exception):
    """A part of the demonstration did not hold."""


@dataclass(frozen=True)
class Stage:
    """The folders of one demonstration."""

    folder: Path
    python: str = sys.executable

    @property
    def council(self) -> Path:
        return self.folder / "council"

    @property
    def pictures(self) -> Path:
        return self.folder / "pictures"

    @property
    def server(self) -> tuple[str, ...]:
        """The council's program, as it stands beside this Python."""
        return (str(Path(self.python).with_name("sf-council")),)

    def council_command(self, *words: str, said: str = "") -> str:
        """Run ``sf-council`` and return what it prints."""
        command = [*self.server, "--data", str(self.council), *words]
        done = subprocess.run(command, input=said, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"sf-council {words[0]} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
        return done.stdout.strip()


def main() -> int:
    """Play it; 0 only if every step held."""
    parser = argparse.ArgumentParser(prog="script/demo", description="The first visit, end to end.")
    parser.add_argument("--headless", action="store_true", help="play the story without a display")
    parser.add_argument("--day", action="store_true", help="play a whole day of visits without a display")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave vaults, council database and pictures in DIR")
    told = parser.parse_args()
    with _folder(told.keep) as folder:
        stage = Stage(folder)
        try:
            if told.day:
                _day(stage)
            elif told.headless:
                _story(stage)
            else:
                _by_hand(stage)
        except Failed as failed:
            print(f"FAILED: {failed}", flush=True)
            return 1
    return 0


def _story(stage: Stage) -> None:
    _say("1. A council, with generated families")
    pat, sam = furnish(stage)
    with serving(stage) as address:
        _say("2. A practitioner's laptop: enrol, first load")
        act(stage, "enrol", pat, address, code=stage.council_command("device", "code", "pat"))
    _say("3. No signal: unlock, Today, a family file, search, a visit")
    act(stage, "write", pat, address, killed_at="mid-sentence")
    _say("4. Killed in mid-sentence: unlock again, finish, sign")
    act(stage, "sign", pat, address)
    with serving(stage, address):
        _say("5. The signal is back: one round")
        act(stage, "send", pat, address)
        _say("6. The supervisor's laptop")
        act(stage, "review", sam, address, code=stage.council_command("device", "code", "sam"))
    _say("7. Nothing readable was left behind")
    _swept(stage)
    _say("Every step held.")


def _day(stage: Stage) -> None:
    _say("1. A council, and a practitioner's laptop")
    pat, _ = furnish(stage)
    with serving(stage) as address:
        act(stage, "enrol", pat, address, code=stage.council_command("device", "code", "pat"))
    _say("2. A day with no signal")
    act(stage, "work", pat, address)
    with serving(stage, address):
        _say("3. The signal is back")
        act(stage, "deliver", pat, address)
    _say("4. The council's records, field by field")
    left = stage.folder / "typed.json"
    told = msgspec.json.decode(left.read_bytes())
    typed = told["typed"]
    left.unlink()
    database = stage.council / "council.sqlite"
    compared, differing = differences(database, typed)
    if differing:
        raise Failed(f"of {compared} answers these are not as they were typed: {', '.join(differing)}")
    family, kind, answers = typed[0]
    if not differences(database, [(family, kind, answers | {"observed": "Nobody typed this"})])[1]:
        raise Failed("an answer that nobody typed was not found out")
    if (came := came_today(database)) != len(told["came"]):
        raise Failed(f"{len(told['came'])} were marked as having come, and the council knows of {came}")
    _say(f"   {compared} answers in {len(typed)} records are as they were typed")
    _swept(stage)
    _say("Every step held.")


def _by_hand(stage: Stage) -> None:
    """Enrol a laptop, then give the window to whoever sits before it; the council serves until it is closed."""
    _say("A council with generated families, and a practitioner's laptop enrolled with it...")
    pat, _ = furnish(stage)
    with serving(stage) as address:
        act(stage, "enrol", pat, address, code=stage.council_command("device", "code", "pat"))
        _say(f"The window opens at the lock screen. The passphrase is: {PASSPHRASE}")
        window = [stage.python, "-m", "sf_desktop.app", "--data-dir", str(laptop(stage, pat))]
        status = subprocess.run(window, check=False).returncode
        if status:
            raise Failed(f"the program ended with {status}")


@dataclass(frozen=True)
class Person:
    username: str
    password: str


def furnish(stage: Stage) -> tuple[Person, Person]:
    stage.council_command("migrate")
    contacts = ("--contact", "In immediate danger=999", "--contact", "Safeguarding hub (pretend)=01632 960001")
    stage.council_command("config", "set", "--council-name", "Pretend council", *contacts, "--default-intervals")
    reach = ("--service-contact", "01632 960002", "--officer-contact", "01632 960003")
    notice = ("notice", "publish", "Pretend 1", "--effective-from", "2026-04-01", *reach)
    stage.council_command(*notice, "--complaints-contact", "01632 960004")
    ours = stage.folder / "ours.json"
    ours.write_text(json.dumps(OURS))
    stage.council_command("config", "import", str(ours))
    ours.unlink()
    stage.council_command("team", "add", team := "Pretend team")
    people = (Person("pat", secrets.token_urlsafe(18)), Person("sam", secrets.token_urlsafe(18)))
    for person, name, role in zip(people, ("Pat Pretend", "Sam Pretend"), ("practitioner", "supervisor"), strict=True):
        words = ("user", "add", "--name", name, "--role", role, "--team", team, person.username)
        stage.council_command(*words, said=person.password)
    counts = ("--families", str(FAMILIES), "--records-per-family", str(RECORDS_PER_FAMILY))
    stage.council_command("seed", *counts)
    return people


@contextmanager
def serving(stage: Stage, address: str = "") -> Iterator[str]:
    """Serve until the block ends: on a free port, or again where it was before."""
    port = address.rpartition(":")[2] or "0"
    command = [*stage.server, "--data", str(stage.council), "serve", "--port", port]
    log = (stage.folder / "council.log").open("ab")
    council = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        yield _address(council)
    finally:
        council.terminate()
        council.wait(20)
        assert council.stdout is not None
        council.stdout.close()
        log.close()


def _address(council: subprocess.Popen[str]) -> str:
    assert council.stdout is not None
    for line in council.stdout:
        found = re.search(r"http://\S+", line)
        if found:
            return found.group()
    raise Failed("the council did not start")


def act(
    stage: Stage, name: str, person: Person, address: str, *, code: str = "", killed_at: str = "", after_s: float = 0.0
) -> None:
    """Play one act in a process of its own; kill it without warning ``after_s`` it has marked a place."""
    mark = stage.folder / "mark"
    setting = {
        "data_dir": str(laptop(stage, person)),
        "address": address,
        "username": person.username,
        "password": person.password,
        "code": code,
        "passphrase": PASSPHRASE,
        "sentences": SENTENCES,
        "pictures": str(stage.pictures),
        "mark": str(mark),
    }
    path = stage.folder / "setting.json"
    path.write_text(json.dumps(setting))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.*=false"}
    window = subprocess.Popen([stage.python, str(HERE / "acts.py"), name, str(path)], env=environment)
    try:
        status = _killed(window, mark, killed_at, after_s) if killed_at else window.wait(300)
    finally:
        if window.poll() is None:
            window.kill()
        path.unlink()
    if status:
        raise Failed(f"act {name!r} ended with {status}")


def _killed(window: subprocess.Popen[bytes], mark: Path, killed_at: str, after_s: float) -> int:
    until = time.monotonic() + 300
    while time.monotonic() < until and window.poll() is None:
        if mark.exists() and mark.read_text() == killed_at:
            select_for(after_s)
            window.send_signal(signal.SIGKILL)
            return 0 if window.wait(20) == -signal.SIGKILL else 1
        select_for(0.05)
    return window.poll() or 1


def select_for(seconds: float) -> None:
    """Look again a little later."""
    import select

    select.select([], [], [], seconds)


def laptop(stage: Stage, person: Person) -> Path:
    return stage.folder / f"laptop-{person.username}"


def _swept(stage: Stage) -> None:
    folders = [stage.folder, Path.home(), Path(tempfile.gettempdir())]
    found = sweep([*words_of(stage.council), *SENTENCES], folders, stage.council)
    if found:
        raise Failed("words of a record were found in: " + ", ".join(found))
    _say(
        "   no generated name and no sentence in the folder, the home or the temp folder, but in the council's database"
    )


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise SystemExit(f"script/demo: {keep} is not empty; name a new folder")
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="sf-demo-") as made:
        yield Path(made)


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
