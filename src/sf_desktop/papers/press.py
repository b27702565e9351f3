"""Sets a paper as a tagged PDF/UA-1 or as pictures of its pages; the only place that knows typst.

Everything that is read comes as data (JSON in the inputs of the setting), so no word of a record is ever markup. The
templates and fonts are those of ``resources/papers``, and fonts of the system for what those do not draw; nothing is
fetched, and nothing is written.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, overload

import typst

from sf_desktop.papers.fallbacks import characters_of, fonts_for, system_folders
from sf_desktop.papers.letters import font_folder, named, printable
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.papers.unheard import Unheard
from sf_desktop.paths import resources
from sf_desktop.wording import error

SCREEN_PPI, PRINT_PPI = 110, 300
NOWHERE = "no-packages-here"
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the copy says itself when it was taken


@dataclass(frozen=True, slots=True)
class Pages:
    """A set paper: one PNG for each page."""

    pictures: tuple[bytes, ...]


def pdf(paper: Paper, stamp: Stamp, folders: Sequence[Path] | None = None) -> bytes:
    """Return the paper as a tagged PDF/UA-1. SfError ``paper_not_set`` where it cannot be set; it holds no word.

    ``folders`` are where further fonts lie, should the text need some: the system's own unless others are given.
    """
    return _set(paper, stamp, folders, "pdf", None)


def pictures(paper: Paper, stamp: Stamp, ppi: int = SCREEN_PPI, folders: Sequence[Path] | None = None) -> Pages:
    """Return a picture of each page. SfError ``paper_not_set`` where it cannot be set."""
    made = _set(paper, stamp, folders, "png", float(ppi))
    return Pages(tuple(made) if isinstance(made, list) else (made,))


@overload
def _set(paper: Paper, stamp: Stamp, folders: Sequence[Path] | None, form: Literal["pdf"], ppi: None) -> bytes: ...
@overload
def _set(
    paper: Paper, stamp: Stamp, folders: Sequence[Path] | None, form: Literal["png"], ppi: float
) -> list[bytes] | bytes: ...
def _set(
    paper: Paper, stamp: Stamp, folders: Sequence[Path] | None, form: Literal["pdf", "png"], ppi: float | None
) -> list[bytes] | bytes:
    data, more = data_of(paper, stamp, folders)
    folder = resources() / "papers"
    template = folder / f"{paper.template}.typ"
    places = [str(each) for each in (font_folder(), *dict.fromkeys(font.parent for font in more))]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=places)
    press = typst.Compiler(root=str(folder), font_paths=fonts, package_path=NOWHERE, package_cache_path=NOWHERE)
    try:
        with Unheard():
            made = press.compile(
                input=template.read_bytes(),
                format=form,
                ppi=ppi,
                sys_inputs={"paper": data},
                pdf_standards=["ua-1"] if form == "pdf" else [],
                timestamp=_UNDATED,
            )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a press that panics raises what is no Exception
        # What the press says may quote the record: nothing of it is kept, and what it printed went nowhere.
        raise error("paper_not_set") from None
    assert made is not None
    return made


def data_of(paper: Paper, stamp: Stamp, folders: Sequence[Path] | None = None) -> tuple[str, tuple[Path, ...]]:
    """Return what a template reads, and which further fonts its text needs.

    It reads the paper and its stamp as JSON, every text such that the fonts can draw it.
    """
    whole = {
        **dataclasses.asdict(paper),
        "marking": paper.marking,
        "keeping": paper.keeping,
        "stamp": {**dataclasses.asdict(stamp), "copy_words": stamp.copy_words},
    }
    missing: set[str] = set()
    data = _drawable(whole, missing, frozenset())
    more = fonts_for(missing, system_folders() if folders is None else folders) if missing else ()
    if more:
        missing = set()
        data = _drawable(whole, missing, frozenset().union(*map(characters_of, more)))
    data["not_drawn"] = named(frozenset(missing))
    return json.dumps(data, ensure_ascii=False), more


def _drawable(value: Any, missing: set[str], more: frozenset[int]) -> Any:
    if isinstance(value, str):
        plain, lost = printable(value, more)
        missing |= lost
        return plain
    if isinstance(value, Mapping):
        return {name: _drawable(each, missing, more) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(each, missing, more) for each in value]
    return value
