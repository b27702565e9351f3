"""Sets a paper as a tagged PDF/UA-1 or as pictures of its pages; the only place that knows typst.

Everything that is read comes as data (JSON in the inputs of the setting), so no word of a record is ever markup. The
templates and fonts are those of ``resources/papers``; nothing is fetched, and nothing is written.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, overload

import typst

from sf_desktop.papers.letters import font_folder, named, printable
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.paths import resources
from sf_desktop.wording import error

SCREEN_PPI, PRINT_PPI = 110, 300
NOWHERE = "no-packages-here"
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the copy says itself when it was taken


@dataclass(frozen=True, slots=True)
class Pages:
    """A set paper: one PNG for each page."""

    pictures: tuple[bytes, ...]


def pdf(paper: Paper, stamp: Stamp) -> bytes:
    """Return the paper as a tagged PDF/UA-1. SfError ``paper_not_set`` where it cannot be set; it holds no word."""
    return _set(paper, stamp, "pdf", None)


def pictures(paper: Paper, stamp: Stamp, ppi: int = SCREEN_PPI) -> Pages:
    """Return a picture of each page. SfError ``paper_not_set`` where it cannot be set."""
    made = _set(paper, stamp, "png", float(ppi))
    return Pages(tuple(made) if isinstance(made, list) else (made,))


@overload
def _set(paper: Paper, stamp: Stamp, form: Literal["pdf"], ppi: None) -> bytes: ...
@overload
def _set(paper: Paper, stamp: Stamp, form: Literal["png"], ppi: float) -> list[bytes] | bytes: ...
def _set(paper: Paper, stamp: Stamp, form: Literal["pdf", "png"], ppi: float | None) -> list[bytes] | bytes:
    folder = resources() / "papers"
    template = folder / f"{paper.template}.typ"
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    press = typst.Compiler(root=str(folder), font_paths=fonts, package_path=NOWHERE, package_cache_path=NOWHERE)
    try:
        made = press.compile(
            input=template.read_bytes(),
            format=form,
            ppi=ppi,
            sys_inputs={"paper": data_of(paper, stamp)},
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=_UNDATED,
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a press that panics raises what is no Exception
        # What the press says may quote the record: nothing of it is kept.
        raise error("paper_not_set") from None
    assert made is not None
    return made


def data_of(paper: Paper, stamp: Stamp) -> str:
    """Return what a template reads: the paper and its stamp as JSON, every text such that the fonts can draw it."""
    missing: set[str] = set()
    data = _drawable(
        {
            **dataclasses.asdict(paper),
            "marking": paper.marking,
            "keeping": paper.keeping,
            "stamp": {**dataclasses.asdict(stamp), "copy_words": stamp.copy_words},
        },
        missing,
    )
    data["not_drawn"] = named(frozenset(missing))
    return json.dumps(data, ensure_ascii=False)


def _drawable(value: Any, missing: set[str]) -> Any:
    if isinstance(value, str):
        plain, lost = printable(value)
        missing |= lost
        return plain
    if isinstance(value, Mapping):
        return {name: _drawable(each, missing) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(each, missing) for each in value]
    return value
