"""Markup, turned writing, NUL and a million characters in every text field: shown and printed as written."""

from __future__ import annotations

import os
import random
import socket
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.frame import Row, Tally, Task

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from sf_desktop.ops.reading.record_paper import sections_of
from sf_desktop.papers import press
from sf_desktop.papers.letters import BREAK, printable
from sf_desktop.papers.paper import Paper
from sf_desktop.resources import code_sets
from sf_desktop.ui.form import Form, FormContext
from sf_desktop.ui.form.reading import ReadingView, parts_in_words
from sf_desktop.ui.kit.style.theme import Theme, current_theme
from sf_record.description import Field, Kind, Shape
from sf_record.kinds import KINDS
from sf_record.text.turning import unturned
from tests.builders.offices import NOW
from tests.builders.papers import STAMP, a_paper, page_count, text_of

_CONTEXT = FormContext(code_sets(), NOW.date(), [], [])
_LONG = 1_000_000
_LINE, _PROSE = 4_000, 200_000  # what a form takes; a longer text can only come from elsewhere, and is read
_TEXTS = {Shape.TEXT, Shape.PROSE, Shape.TEXTS}


def fields() -> Iterator[tuple[Kind, Field, Field | None]]:
    """Every field of every kind that holds text; one inside a row comes with the field that holds the rows."""
    for kind in KINDS.values():
        for field in kind.fields:
            if field.shape in _TEXTS:
                yield kind, field, None
            for inner in field.rows:
                if inner.shape in _TEXTS:
                    yield kind, inner, field


_EVERY = tuple(fields())


def run(task: Task) -> Tally:
    """Write each sort of hostile words into each field: read as an answer, and put into its form."""
    app = QApplication.instance() or QApplication([])
    theme = current_theme() or Theme(app)  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        sorts = _sorts(listener.getsockname()[1], task.folder)

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            kind, field, rows = _EVERY[number % len(_EVERY)]
            words = sorts[(number // len(_EVERY) + number) % len(sorts)]
            _is_literal(kind, field, rows, words)
            _goes_through_its_form(kind, field, rows, words)
            if number < len(_EVERY):
                _is_printed(kind, field, rows, words[:_PROSE])
            _nobody_came(listener)
            # No event loop runs here that would: thousands of forms with all their words would stay until the end.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

        task.control("a label that takes markup", lambda _: _shows(_rich(sorts[0]), sorts[0]), says="as markup")
        task.control("a picture that is fetched", partial(_fetched, listener), says="something was loaded")
        task.control("a paper without the words", lambda _: _stands_on(a_paper(), sorts[0]), says="not on the paper")
        task.each(attempt)
    del theme
    return task.tally


def _sorts(port: int, folder: Path) -> tuple[str, ...]:
    picture = folder / "picture.png"
    return (
        f'<b>not bold</b><img src="http://127.0.0.1:{port}/x.png"><img src="file://{picture}"> & &amp; {{}} %s',
        f"<html><body onload='x'><script src='http://127.0.0.1:{port}/x.js'></script><style>*{{display:none}}</style>",
        "Pretend \u202e turned \u2066 apart \u2069 \u200f \u061c words",
        "Pretend\x00 words \x1b[2J after a NUL",
        "[link](http://127.0.0.1/) ~~struck~~ # no heading \ufeff \U000e0041",
        "Pretend words. " * (_LONG // 15),
        "W" * _LINE,
    )


def _is_literal(kind: Kind, field: Field, rows: Field | None, words: str) -> None:
    parts = parts_in_words(kind, _body(field, rows, words), _CONTEXT)
    words = words.strip()  # sentences are put one after another without the spaces around them
    said = [each for part in parts for line in part.lines for each in (line.label, line.text)]
    assert any(words in each for each in said), f"{kind.name}.{field.name}: said otherwise than it was written"
    view = ReadingView()
    view.show_parts(parts)
    if len(words) < _PROSE:
        view.grab()  # what would be loaded is loaded by now
    _shows(view, words)
    view.deleteLater()


def _shows(view: QWidget, words: str) -> None:
    labels = [view, *view.findChildren(QLabel)] if isinstance(view, QLabel) else view.findChildren(QLabel)
    assert any(unturned(words) in each.text() for each in labels), "the words are not shown"
    for each in labels:
        assert each.textFormat() is Qt.TextFormat.PlainText, "a label takes its text as markup"


def _rich(words: str) -> QLabel:
    return QLabel(words)


def _goes_through_its_form(kind: Kind, field: Field, rows: Field | None, words: str) -> None:
    """Put words of a length that a form takes into it, and read them back."""
    most = _PROSE if field.shape is Shape.PROSE else _LINE
    if rows is not None or field.shape is Shape.TEXTS or len(words) > most:
        return
    owner = QWidget()
    form = Form(kind, _CONTEXT, owner)
    body = _body(field, rows, words)
    form.put(body)
    found = form.body().get(field.name)
    assert found == words.strip(), f"{kind.name}.{field.name}: another text in its form"
    for section in form.sections.values():
        section.deleteLater()
    owner.deleteLater()


def _is_printed(kind: Kind, field: Field, rows: Field | None, words: str) -> None:
    parts = parts_in_words(kind, _body(field, rows, words), _CONTEXT)
    _stands_on(a_paper(sections=sections_of(kind, parts)), words)


def _stands_on(paper: Paper, words: str) -> None:
    """Set a paper, and find the words on it; where a square stands for a character the paper says for which."""
    drawn, missing = printable(words)
    made = press.pdf(paper, STAMP, ())
    read = text_of(made)
    if page_count(made) == 1:
        assert _letters(drawn) in _letters(read), "the words are not on the paper as they were written"
    else:
        # Over several pages other words stand between them: as many of each letter are there as were written.
        assert Counter(_letters(drawn.replace(BREAK, ""))) <= Counter(read), "words are not on the paper"
    assert bool(missing) == ("cannot be printed here" in read), "what was not printed is not said"


def _letters(text: str) -> str:
    """Return what there is to see of a text, whatever its lines and its marks of direction."""
    return "".join(each for each in text if each.isprintable() and not each.isspace())


def _body(field: Field, rows: Field | None, words: str) -> dict[str, Any]:
    value = [words] if field.shape is Shape.TEXTS else words
    return {field.name: value} if rows is None else {rows.name: [{field.name: value}]}


def _nobody_came(listener: socket.socket) -> None:
    QApplication.sendPostedEvents()
    try:
        came, _ = listener.accept()
    except BlockingIOError:
        return
    came.close()
    raise AssertionError("something was loaded")


def _fetched(listener: socket.socket, _: Path) -> None:
    with socket.create_connection(listener.getsockname()):
        _nobody_came(listener)


ROW = Row(
    line=17,
    name="texts",
    after=f"markup, turned writing, NUL, a million characters in each of {len(_EVERY)} text fields",
    holds="shown and printed as written, never taken as markup, unchanged by its form; nothing is loaded",
    full=7 * len(_EVERY),
    suite=7 * len(_EVERY),
    run=run,
)
