"""What is put into a line goes in as far as it fits, at once, and the person is told beside it when not all did."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.controls.lines import words_line
from sf_desktop.ui.kit.fields.choices import CodeField, Option
from sf_desktop.ui.kit.fields.dates import ApproximateDateField, DateField
from sf_desktop.ui.kit.fields.text import SecretField, TextField
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.kit.window.topbar import SearchBox
from sf_desktop.ui.kit.writing.finding import FindLine
from sf_desktop.ui.kit.writing.prose import ProseField

MEGABYTE = ("Pretend words " * 71_429)[:1_000_000]
LEFT_OUT = "the rest of what you put in was left out"
SECONDS = 10.0  # of this process: what was not mended took minutes

Put = Callable[[QLineEdit, str], None]


def pasted(line: QLineEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    line.paste()


def dropped(line: QLineEdit, text: str) -> None:
    content = QMimeData()
    content.setText(text)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle, copy = line.rect().center(), Qt.DropAction.CopyAction
    QApplication.sendEvent(line, QDragEnterEvent(middle, copy, content, left, none))
    QApplication.sendEvent(line, QDropEvent(QPointF(middle), copy, content, left, none))


def dictated(line: QLineEdit, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Callable[[QWidget], None]:
    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()

    return show


@pytest.mark.parametrize("put", [pasted, dropped, dictated])
def test_of_a_megabyte_so_much_as_fits_goes_in_and_that_is_told(
    qtbot: QtBot, shown: Callable[[QWidget], None], put: Put
) -> None:
    field = TextField("name", "Name")
    shown(field)
    started = process_time()
    put(field.line, MEGABYTE)
    field.grab()
    assert process_time() - started < SECONDS
    qtbot.waitUntil(lambda: LEFT_OUT in field.problem)
    assert field.value() == MEGABYTE[:20_000].strip()
    assert "Only 20,000 characters fit here" in field.problem
    field.line.selectAll()
    qtbot.keyClicks(field.line, "Alder")
    assert (field.value(), field.problem) == ("Alder", "")


def test_what_stood_there_stays_and_a_paste_in_its_middle_is_told_of(
    qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    field = TextField("name", "Name", max_length=20)
    shown(field)
    field.set_value("Before. After.")
    field.line.setCursorPosition(8)
    pasted(field.line, "Between. And more")
    qtbot.waitUntil(lambda: LEFT_OUT in field.problem)
    assert field.value() == "Before. BetweeAfter."


def test_what_a_form_is_given_from_elsewhere_is_shown_whole(shown: Callable[[QWidget], None]) -> None:
    field = TextField("name", "Name")
    shown(field)
    field.set_value("x" * 30_000)
    assert field.value() == "x" * 30_000
    assert field.problem == ""


def test_a_passphrase_that_does_not_fit_is_told_of(qtbot: QtBot, shown: Callable[[QWidget], None]) -> None:
    field = SecretField("passphrase", "Passphrase")
    shown(field)
    pasted(field.line, "x" * 1_024)
    QApplication.processEvents()
    assert field.problem == ""
    field.set_value("")
    pasted(field.line, "x" * 1_025)
    qtbot.waitUntil(lambda: "Only 1,024 characters fit here" in field.problem)


def test_a_whole_date_pasted_into_the_day_is_not_taken_for_the_day_in_silence(
    qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    field, whole = ApproximateDateField("born", "Born"), DateField("on", "On")
    shown(field)
    shown(whole)
    pasted(field.parts["Day"], "03/04/2019")
    pasted(whole.line, "on the third of April 2019, I think")
    qtbot.waitUntil(lambda: "Only 2 characters fit here" in field.problem)
    qtbot.waitUntil(lambda: "Only 24 characters fit here" in whole.problem)


def test_a_megabyte_in_a_list_of_codes_is_told_of_and_the_answer_stays(
    qtbot: QtBot, shown: Callable[[QWidget], None]
) -> None:
    field = CodeField("code", "Code", [Option("a", "An answer"), Option("b", "Another answer")])
    shown(field)
    field.set_value("b")
    line = field.combo.lineEdit()
    assert line is not None
    started = process_time()
    line.selectAll()
    pasted(line, MEGABYTE)
    qtbot.waitUntil(lambda: LEFT_OUT in field.problem)
    line.setFocus()
    line.clearFocus()
    assert process_time() - started < SECONDS
    assert field.value() == "b"


@pytest.mark.parametrize("made", [SearchBox, lambda: FindLine("Find"), lambda: words_line("Filter")])
def test_a_line_that_one_searches_by_says_beneath_it_what_did_not_go_in(
    qtbot: QtBot, shown: Callable[[QWidget], None], made: Callable[[], QLineEdit]
) -> None:
    QToolTip.hideText()
    line = made()
    shown(line)
    pasted(line, MEGABYTE)
    qtbot.waitUntil(lambda: LEFT_OUT in QToolTip.text())
    assert line.text() == MEGABYTE[:200]
    QToolTip.hideText()


@pytest.mark.parametrize("text", [MEGABYTE[:990_000], "x" * 990_000, "A line of pretend words, as a list.\n" * 27_500])
def test_an_answer_in_sentences_takes_almost_a_megabyte_and_is_written_on_in(
    qtbot: QtBot, shown: Callable[[QWidget], None], text: str
) -> None:
    field = ProseField("text", "Text", max_lines=18)
    shown(field)
    QApplication.clipboard().setText(text)
    started = process_time()
    field.area.paste()
    field.grab()
    qtbot.keyClicks(field.area, "ab")
    field.grab()
    assert process_time() - started < SECONDS
    assert field.value() == text + "ab"
    field.set_value("Pretend words that are few.")
    assert process_time() - started < SECONDS
    assert field.value() == "Pretend words that are few."


def test_no_keyboard_and_no_input_method_is_to_learn_what_is_written(qtbot: QtBot) -> None:
    """Those that complete words keep what was typed in a dictionary of their own: names, a passphrase that is shown."""
    secret, prose = SecretField("passphrase", "Passphrase"), ProseField("text", "What happened")
    code = CodeField("sort", "Sort", (Option("a", "A"),))
    fields = (
        TextField("name", "Name"),
        DateField("on", "On"),
        ApproximateDateField("born", "Born"),
        secret,
        prose,
        code,
    )
    for each in fields:
        qtbot.addWidget(each)
    lines: list[QWidget] = [line for each in fields for line in each.findChildren(QLineEdit)]
    lines += [words_line("Words"), SearchBox(), FindLine("Find"), prose.area]
    for is_shown in (False, True, False, True):
        secret.show_button.setChecked(is_shown)
        for line in lines:
            assert line.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData, line.metaObject().className()
    prose.set_read_only(True)
    prose.set_read_only(False)
    assert prose.area.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    assert not prose.area.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText, "else nothing is composed in it"
