"""A page of a PDF is drawn by a process that can open nothing, and a hostile one is given up in time."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sf_desktop.papers import DRAW, drawing, pages
from sf_desktop.papers.pages import ASKED, DRAWN, Drawn, draw, helper_environment
from sf_record.errors import InputError
from tests.builders.pdfs import EVIL, pdf, said

CLOSED = frozenset(
    (
        "forms in forms",
        "ten million strokes",
        "text without end",
        "200 MB of nothing",
        "pages in themselves",
        "no pages",
        "cut in the middle",
    )
)
MOST_BYTES = 200_000_000


def test_a_page_is_drawn_as_it_looks_with_what_is_written_on_it() -> None:
    letter = pdf(said("Pretend letter"), said("Second page"))
    first, second = draw(letter), draw(letter, 1)
    assert (first.page, first.pages, second.page) == (0, 2, 1)
    assert (first.letters, second.letters) == ("Pretend letter", "Second page")
    assert (first.width, first.height) == (1240, 1755)
    assert len(first.pixels) == 1240 * 1755 * 4
    assert first.pixels[:3] == b"\xff\xff\xff"
    assert first.pixels.count(0) > 1_000, "letters are black"


@pytest.mark.parametrize("page", [1, 7, 4_000_000_000])
def test_a_page_that_is_not_there_is_none(page: int) -> None:
    with pytest.raises(InputError, match="attachment_closed"):
        draw(pdf(said("x")), page)


def test_every_hostile_pdf_is_shown_or_given_up_within_its_bounds() -> None:
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(EVIL, pool.map(_judged, EVIL.values()), strict=True))
    assert {name for name, drawn in told.items() if drawn is None} == CLOSED
    for name, drawn in told.items():
        assert drawn is None or max(drawn.width, drawn.height) <= pages.SIDE, name


def _judged(content: bytes) -> Drawn | None:
    try:
        return draw(content)
    except InputError:
        return None


WORKS = (
    "while True: pass",
    "kept = bytearray(b'x') * 400_000_000",
    "open('/etc/passwd')",
    "socket.socket()",
    "os.open('/', os.O_RDONLY)",
)


@pytest.mark.parametrize("work", WORKS)
def test_the_process_has_given_up_time_memory_files_and_the_network(work: str) -> None:
    script = f"""
import sys, socket, os, resource
from sf_desktop.papers.drawing import _give_up, _keep_to_itself
_keep_to_itself()
_give_up()
assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
sys.stdout.write("ready"); sys.stdout.flush()
{work}
sys.stdout.write("done")
"""
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stdout == b"ready", done.stderr
    assert done.returncode != 0
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < drawing.MOST_CPU_S + 2
    assert drawing.MOST_MEMORY < MOST_BYTES
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    "answer",
    [b"", b"x" * 15, DRAWN.pack(1, 5_000, 5_000, 0) + bytes(100), DRAWN.pack(0, 1, 1, 0) + bytes(4),
     DRAWN.pack(1, 1, 1, 5) + bytes(4), DRAWN.pack(1, 0, 0, 0), DRAWN.pack(1, 2**31, 2**31, 0)],
)  # fmt: skip
def test_what_a_process_says_is_not_believed(answer: bytes) -> None:
    with pytest.raises(InputError, match="attachment_closed"):
        pages._read(0, answer, pages.SIDE)


def python(script: str) -> list[str]:
    """A helper that runs this instead of drawing."""
    return [sys.executable, "-c", script]


def test_one_that_hangs_is_given_up() -> None:
    with pytest.raises(InputError, match="attachment_closed"):
        draw(pdf(said("x")), helper=python("import threading; threading.Event().wait()"), patience_s=0.2)


def test_one_that_writes_without_end_is_given_up_when_it_has_said_more_than_a_page() -> None:
    script = "import sys; sys.stdin.buffer.read()\nwhile True: sys.stdout.buffer.write(bytes(1_000_000))"
    began = time.monotonic()
    with pytest.raises(InputError, match="attachment_closed"):
        draw(pdf(said("x")), helper=python(script))
    assert time.monotonic() - began < pages.PATIENCE_S


def test_one_that_ends_before_it_has_heard_all_is_given_up() -> None:
    with pytest.raises(InputError, match="attachment_closed"):
        draw(bytes(5_000_000), helper=python("raise SystemExit(1)"))


def test_a_frozen_program_is_its_own_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert pages.own_helper() == [sys.executable, DRAW]
    as_when_frozen = python(f"from sf_desktop.app import main; raise SystemExit(main([{DRAW!r}]))")
    assert draw(pdf(said("Pretend letter")), helper=as_when_frozen).letters == "Pretend letter"


def test_both_sides_mean_the_same_bytes() -> None:
    assert (ASKED.format, DRAWN.format) == (drawing.ASKED.format, drawing.DRAWN.format)
    assert pages.MOST_LETTERS == 4 * drawing.MOST_LETTERS


def test_the_process_is_told_nothing_but_where_windows_lies() -> None:
    """Without that no process starts there; everything else of this one's surroundings is none of its business."""
    assert helper_environment({"SYSTEMROOT": r"C:\Windows", "PATH": "x", "USERNAME": "Pretend"}) == {
        "SYSTEMROOT": r"C:\Windows"
    }
    assert helper_environment({"PATH": "x", "HOME": "/home/pretend"}) == {}
