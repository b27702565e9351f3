"""Hostile attachments and names: each refused, kept closed or shown, in words, under 200 MB and two seconds."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

from sf_desktop.ops.attaching.intake import CLOSED, take, title_of
from sf_record.errors import SfError
from tests.builders.hostile_files import MOST_BYTES, MOST_S, NAMES, PROGRAM, SAMPLES, parts, told_of
from tests.faults.frame import Row, Tally, Task

_EVERY = (*SAMPLES, *NAMES)
_UNGUARDED = PROGRAM.replace(
    "        taken = take(content, name)",
    "        kept = bytearray(b'x') * 300_000_000\n        taken = take(content, name)",
)
Told = dict[str, tuple[str, float, int]]


def run(task: Task) -> Tally:
    """Look at every file in processes of their own, then judge one file or name in each try."""
    files = task.folder / "files"
    files.mkdir()
    for name, (content, _) in SAMPLES.items():
        (files / name).write_bytes(content)
    baseline = told_of(files, ["pdf_quiet"])["pdf_quiet"][2]
    told: Told = {}
    for some in parts(list(SAMPLES), 4):
        told |= told_of(files, some)

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        name = _EVERY[number % len(_EVERY)]
        if name in NAMES:
            assert title_of(name) == NAMES[name], f"name {number}: another title"
        else:
            _is_as_expected(name, SAMPLES[name][1])
            _is_cheap(name, told, baseline)

    unguarded = partial(told_of, files, ["pdf_quiet"], _UNGUARDED)
    task.control("a file that unpacks to much", lambda _: _is_cheap("pdf_quiet", unguarded(), baseline), "MB")
    task.control("a page taken for a letter", lambda _: _is_as_expected("html", ""), "attachment_html")
    return task.each(attempt)


def _is_as_expected(name: str, expected: str) -> None:
    try:
        became = take(SAMPLES[name][0], "sample.jpg").closed
    except SfError as error:
        became = error.code
    assert became == expected, f"{name}: {became or 'shown'}, not {expected or 'shown'}"
    assert expected in CLOSED or not expected or expected.startswith("attachment_"), f"{name}: nobody is told why"


def _is_cheap(name: str, told: Told, baseline: int) -> None:
    what, seconds, peak = told[name]
    assert what, f"{name}: nothing is said"
    assert seconds < MOST_S, f"{name}: {what} after {seconds:.1f} s"
    assert peak - baseline < MOST_BYTES, f"{name}: {what} with {(peak - baseline) >> 20} MB"


ROW = Row(
    line=18,
    name="hostile",
    after=f"{len(SAMPLES)} hostile attachments, {len(NAMES)} names that lie",
    holds="refused, kept closed or shown, in words, under 200 MB and 2 s; a name is only a title",
    full=len(_EVERY),
    suite=len(_EVERY),
    run=run,
)
