"""Has a page of a PDF drawn by a process of its own, and gives up on one that takes too long or says nonsense."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Timer

from sf_desktop.papers import DRAW
from sf_desktop.wording import error

ASKED, DRAWN = struct.Struct(">II"), struct.Struct(">IIII")  # as in drawing.py, which is never imported here
PATIENCE_S = 20.0  # by the clock: on a busy computer two seconds of work take longer
SIDE = 2_000
MOST_LETTERS = 80_000  # bytes of what is written on a page: four for each letter that drawing.py takes


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page: pixels of 4 bytes each (BGRX), row by row, and what is written on it."""

    page: int
    pages: int
    width: int
    height: int
    pixels: bytes
    letters: str


def draw(
    content: bytes,
    page: int = 0,
    most_side: int = SIDE,
    *,
    helper: Sequence[str] | None = None,
    patience_s: float = PATIENCE_S,
) -> Drawn:
    """Return a page, counted from 0; InputError ``attachment_closed`` where it cannot be shown. Waits for it.

    ``helper`` is the command of the process that draws: this very program's, unless another is given.
    """
    try:
        answer = _answer(helper or own_helper(), patience_s, ASKED.pack(page, most_side) + content, most_side)
    except OSError:
        raise error("attachment_closed") from None
    return _read(page, answer, most_side)


def _answer(helper: Sequence[str], patience_s: float, question: bytes, most_side: int) -> bytes:
    with subprocess.Popen(  # noqa: S603 - this very program
        helper,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=helper_environment(),
        close_fds=True,
    ) as process:
        patience = Timer(patience_s, process.kill)
        patience.start()
        try:
            return _exchange(process, question, most_side)
        finally:
            patience.cancel()
            process.kill()


def _exchange(process: subprocess.Popen[bytes], question: bytes, most_side: int) -> bytes:
    """Give it all, then take no more than a page can come to: one that was taken over may write without end."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(question)
    process.stdin.close()
    return process.stdout.read(DRAWN.size + 4 * (most_side + 1) ** 2 + MOST_LETTERS + 1)


def helper_environment(known: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what the process is told of this one: nothing but where Windows lies, without which it starts none."""
    return {name: value for name, value in known.items() if name.upper() == "SYSTEMROOT"}


def own_helper() -> list[str]:
    """Return the command that makes a drawing process of this program, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable, DRAW]
    return [sys.executable, "-I", "-m", "sf_desktop.papers.drawing"]


def _read(page: int, answer: bytes, most_side: int) -> Drawn:
    """Believe nothing that a process said which a hostile file may have taken over."""
    if len(answer) < DRAWN.size:
        raise error("attachment_closed")
    pages, width, height, letters = DRAWN.unpack_from(answer)
    end = DRAWN.size + width * height * 4
    if not (0 <= page < pages and 0 < width <= most_side + 1 and 0 < height <= most_side + 1):
        raise error("attachment_closed")
    if len(answer) != end + letters:
        raise error("attachment_closed")
    text = answer[end:].decode("utf-8", "replace")
    return Drawn(page, pages, width, height, answer[DRAWN.size : end], text)
