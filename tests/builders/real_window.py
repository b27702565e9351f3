"""One real window on a real display of its own, with somebody at its keyboard, and a look into its memory."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import BinaryIO
from uuid import uuid4

from sweep import forms, held_in

from sf_desktop.clock import SystemClock
from sf_desktop.ops import writing
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.firstrun.joining import Place
from sf_desktop.ops.firstrun.pretending import make_pretend
from sf_desktop.ops.office import Office
from sf_desktop.paths import Paths, make_private
from sf_desktop.session import Session, read_opened
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.keys.keyrings import probe, system_secrets
from sf_desktop.sync.scheduler import Listener
from sf_record.dates import moment_text
from sf_record.errors import SfError
from sf_record.pretend import canaries
from tests.builders.homes import a_home

BIRDS = canaries(5)
WANTED = forms(bird.sentence for bird in BIRDS)
PROGRAMS = ("Xvfb", "xdotool")
WITHIN_S = 60.0


@dataclass
class Hands:
    """Somebody at a keyboard and a screen of their own, and the program before them."""

    display: str
    window: subprocess.Popen[bytes]
    waiting: Event = field(default_factory=Event)

    def tool(self, *words: str) -> str:
        """Ask xdotool; what it prints, or nothing where it failed."""
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
            timeout=WITHIN_S,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def sees(self, title: str) -> str:
        """Wait for the visible window of this title, give it the keyboard and return its id."""
        found = self.until(lambda: self.tool("search", "--onlyvisible", "--name", title), f"a window {title!r}")
        window_id = found.splitlines()[0]
        self.tool("windowfocus", "--sync", window_id)
        return window_id

    def until(self, ask: Callable[[], str], what: str) -> str:
        """Ask again and again until there is an answer."""
        for _ in range(int(WITHIN_S / 0.1)):
            if answer := ask():
                return answer
            assert self.window.poll() is None, f"the program ended before there was {what}"
            self.waiting.wait(0.1)
        raise AssertionError(f"there never was {what}")

    def in_memory(self) -> frozenset[bytes]:
        """Return which canaries are in the program's memory."""
        with Path(f"/proc/{self.window.pid}/mem").open("rb", buffering=0) as memory:
            return frozenset[bytes]().union(*(held_in(piece, WANTED) for piece in self._pieces(memory)))

    def _pieces(self, memory: BinaryIO) -> Iterator[BinaryIO]:
        for line in Path(f"/proc/{self.window.pid}/maps").read_text().splitlines():
            span = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if span is None or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(each, 16) for each in span.groups())
            memory.seek(start)
            try:
                yield io.BytesIO(memory.read(end - start))
            except OSError:
                continue  # mapped, and nothing behind it

    @property
    def beginning(self) -> str:
        """Where this process's stack begins: chosen anew by chance for each program that a process becomes."""
        return Path(f"/proc/{self.window.pid}/stat").read_text().rpartition(")")[2].split()[25]


def lacks_tools() -> str:
    """Say what is missing for a display with hands before it, or nothing."""
    if sys.platform != "linux":
        return "needs Linux"
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    return f"needs {', '.join(missing)}" if missing else ""


def lacks_display() -> str:
    """Say what is missing for a window and a look into its memory, or nothing."""
    if missing := lacks_tools():
        return missing
    if os.getuid() != 0:
        return "needs root to read another process's memory"
    try:
        probe(system_secrets(uuid4()))
    except SfError:
        return "needs a keyring: script/test and script/faults give one"
    return ""


def a_laptop(folder: Path) -> Path:
    """Make a vault in the real keyring with five notes in it that occur nowhere else; return its data folder."""
    data = Paths(folder / "laptop" / "pretend")
    make_private(data.data)
    joined = make_pretend(Place(data.vaults, system_secrets, FLOOR), SystemClock())
    session = Session(read_opened(joined.vault), SystemClock(), Listener(_nothing, _nothing))
    for bird in BIRDS:
        done: Future[object] = session.submit(_note, bird.sentence)
        done.result()
    session.close()
    return folder / "laptop"


def _nothing(_news: object) -> None:
    """There is no wire to hear from."""


def _note(office: Office, text: str) -> object:
    body = {"type": "note", "happened_at": moment_text(office.clock.now()), "text": text}
    return writing.create(office, "note", family_ids(office)[0], body, sign=True)


@contextmanager
def at_a_display(folder: Path, laptop: Path) -> Iterator[Hands]:
    """Start a display, and the program on it."""
    program = [sys.executable, "-m", "sf_desktop.app", "--data-dir", str(laptop), "--pretend"]
    with a_display() as display, on_display(display, program, folder) as window:
        yield Hands(display, window)


@contextmanager
def a_display() -> Iterator[str]:
    """Start a display that nobody sees; its name."""
    read, write = os.pipe()
    # Without -noreset it refuses connections for a moment whenever its last client leaves, as xdotool often does.
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL) as screen:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                yield f":{told.readline().strip()}"
        finally:
            screen.terminate()


@contextmanager
def on_display(
    display: str, program: Sequence[str], folder: Path, out: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program there, in a home of its own; ``out``: where what it prints goes."""
    environment = {**os.environ, **a_home(folder), "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
    with subprocess.Popen(program, env=environment, stdout=out) as window:
        try:
            yield window
        finally:
            window.terminate()
