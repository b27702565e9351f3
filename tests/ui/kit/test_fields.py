"""The fields: what is typed is what is answered, what is wrong is said, and nothing is markup."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionFrame,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QWidget,
)

from sf_desktop.ui.form.moment_field import MomentField
from sf_desktop.ui.kit.controls.lines import Line
from sf_desktop.ui.kit.controls.marks import Tick, words_at
from sf_desktop.ui.kit.fields.choices import ChoiceField, ChoicesField, CodeField, Option, YesNoField
from sf_desktop.ui.kit.fields.dates import ApproximateDateField, DateField, TimeField, read_time
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.messages.banners import ErrorSummary, problem_words
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice, current_tokens
from sf_desktop.ui.kit.style.tokens import TARGET_MIN
from sf_desktop.ui.kit.text.labels import body
from sf_desktop.ui.kit.writing.prose import MAX_PROSE_BYTES, TOO_LONG, ProseField
from sf_record.dates import read_day
from tests.ui.finding import named, press

ANSWERS = [Option("home", "At home"), Option("school", "At school", "or nursery"), Option("x", "A & B <b>bold</b>")]
MARKUP = '<b>bold</b><img src="file:///etc/hostname"> & &amp;'


@pytest.fixture
def show(qtbot, theme):
    kept = []

    def build(*fields: QWidget) -> QWidget:
        box = QWidget()
        kept.append(box)
        down = column(box)
        for field in fields:
            down.addWidget(field)
        qtbot.addWidget(box)
        with qtbot.waitExposed(box):
            box.show()
        return box

    return build


def each_field() -> list[Field]:
    return [
        TextField("text", "Text", hint="A hint"),
        ProseField("prose", "Prose"),
        ChoiceField("choice", "Choice", ANSWERS),
        ChoicesField("choices", "Choices", ANSWERS),
        YesNoField("yes", "Yes or no"),
        CodeField("code", "Code", ANSWERS),
        DateField("day", "Day"),
        TimeField("at", "Time"),
        ApproximateDateField("born", "Born"),
    ]


def test_every_control_has_a_name_and_says_its_problem(qtbot, show) -> None:
    fields = each_field()
    show(*fields)
    for field in fields:
        field.problem = "Something is wrong"
        assert field._controls
        for control in field._controls:
            assert control.accessibleName(), field.name
            assert "Something is wrong" in control.accessibleDescription()
            assert min(control.sizeHint().height(), max(control.height(), 24)) >= 24


def test_setting_from_code_is_not_a_change(qtbot, show) -> None:
    values = ["x", "x", "home", ["home"], True, "home", date(2026, 11, 3), time(9, 5), "2019-04"]
    fields = each_field()
    box = show(*fields)
    heard: list[bool] = []
    for field in fields:
        field.changed.connect(box.update)
        field.changed.connect(Heard(box, heard).note)
    for field, value in zip(fields, values, strict=True):
        field.set_value(value)
    assert heard == []
    assert [field.value() for field in fields] == [
        *values[:3],
        ("home",),
        *values[4:],
    ]
    for field in fields:
        field.set_value(None)
    assert [field.value() for field in fields] == ["", "", None, (), None, None, None, None, None]


class Heard(QWidget):
    """Notes that a signal came."""

    def __init__(self, parent: QWidget, heard: list[bool]) -> None:
        super().__init__(parent)
        self.heard = heard

    def note(self) -> None:
        self.heard.append(True)


def test_typing_changes_and_leaving_is_said(qtbot, show) -> None:
    text, other = TextField("text", "Text"), TextField("other", "Other")
    show(text, other).activateWindow()
    text.take_focus()
    with qtbot.waitSignal(text.changed):
        qtbot.keyClicks(text.line, "words")
    with qtbot.waitSignal(text.left):
        other.take_focus()
    assert text.value() == "words"


def test_a_choice_is_one_stop_for_tab_and_can_be_taken_back(qtbot, show) -> None:
    choice = ChoiceField("choice", "Choice", ANSWERS)
    box = show(choice)
    press(box, "Choice: At school")
    assert choice.value() == "school"
    choice.take_focus()
    with qtbot.waitSignal(choice.changed):
        qtbot.keyClick(box.focusWidget(), Qt.Key.Key_Backspace)
    assert choice.value() is None


def test_arrows_move_within_a_choice(qtbot, show) -> None:
    choice = ChoiceField("choice", "Choice", ANSWERS)
    box = show(choice)
    choice.set_value("home")
    choice.take_focus()
    with qtbot.waitSignal(choice.changed):
        qtbot.keyClick(box.focusWidget(), Qt.Key.Key_Down)
    assert choice.value() == "school"


def test_answers_that_need_several_lines_stand_in_columns(qtbot, show) -> None:
    people = ChoicesField("present", "Who was there", across=True)
    box = show(people)
    names = ("Robin Pretend-Alder", "Wren Alder", "Jay Pretend-Ash", "A neighbour who came by", "Gran")
    people.set_options([Option(name, name, "") for name in names])
    box.resize(560, 300)
    qtbot.waitUntil(lambda: len({tick.x() for tick in people._controls}) == 2)
    assert len({tick.y() for tick in people._controls}) == 3
    box.resize(1200, 300)
    qtbot.waitUntil(lambda: len({tick.y() for tick in people._controls}) == 1)


def test_the_words_of_a_list_stay_where_they_are_when_it_is_entered(show) -> None:
    code, text = CodeField("code", "Code", ANSWERS), TextField("text", "Text")
    show(code, text).activateWindow()
    text.take_focus()
    before = _begin_of_words(code)
    code.take_focus()
    assert _begin_of_words(code) == before


def _begin_of_words(code: CodeField) -> int:
    line = code.combo.lineEdit()
    assert line is not None
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    return line.x() + line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).x()


def test_people_keep_their_ticks_when_the_list_changes(show) -> None:
    people = ChoicesField("present", "Who was there")
    show(people)
    people.set_options([Option("p1", "Robin Alder", "child"), Option("p2", "Wren Alder", "child")])
    people.set_value(["p2"])
    people.set_options([Option("p2", "Wren Alder", "child, 7"), Option("p3", "Ms Alder", "mother")])
    assert people.value() == ("p2",)


def test_a_code_is_found_by_typing_and_nonsense_is_not_an_answer(qtbot, show) -> None:
    code = CodeField("code", "Code", [Option("en", "English"), Option("cy", "Welsh")])
    box = show(code)
    line = named(box, "Code", QLineEdit)
    line.setText("welsh")
    assert code.value() == "cy"
    code._on_control_left()
    line.setText("klingon")
    assert code.value() is None
    code._on_control_left()
    assert code.value() == "cy"


def test_what_is_typed_into_a_list_takes_the_place_of_the_answer_and_its_begin_is_enough(qtbot, show) -> None:
    """ "Kim" was put before "Pat Pretend", named nobody, and Pat Pretend stayed without a word."""
    people = [Option("pat", "Pat Pretend"), Option("kim", "Kim Pretend"), Option("sam", "Sam Pretend")]
    code, text = CodeField("lead", "Lead", people), TextField("text", "Text")
    box = show(code, text)
    box.activateWindow()
    line = named(box, "Lead", QLineEdit)
    for enter in (code.take_focus, lambda: qtbot.mouseClick(line, Qt.MouseButton.LeftButton)):
        for typed, who in (("kim", "kim"), ("pret", "pat"), ("klingon", "pat")):
            code.set_value("pat")
            text.take_focus()
            enter()
            assert line.selectedText() == "Pat Pretend", "or a key goes in before it"
            line.setText(typed)
            text.take_focus()
            assert code.value() == who, "what begins the names of several names nobody"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/11/2026", date(2026, 11, 3)),
        ("03.11.26", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("29/2/2026", None),
        ("3 Nov", None),  # of which year
        ("3 Nov 2026", date(2026, 11, 3)),
        ("3 november 26", date(2026, 11, 3)),
        ("31 Feb 2026", None),
        ("3 Foo 2026", None),
        ("", None),
        ("31/12/2026 or so", None),
    ],
)
def test_days(typed: str, day: date | None) -> None:
    assert read_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "day", "before"),
    [
        ("3 March", date(2027, 3, 3), date(2026, 3, 3)),
        ("3 mar.", date(2027, 3, 3), date(2026, 3, 3)),
        ("3/3", date(2027, 3, 3), date(2026, 3, 3)),
        ("3.3.", date(2027, 3, 3), date(2026, 3, 3)),
        ("28 Nov", date(2026, 11, 28), date(2026, 11, 28)),
        ("2 Dec", date(2026, 12, 2), date(2026, 12, 2)),  # a form that was opened yesterday
        ("3 Dec", date(2026, 12, 3), date(2025, 12, 3)),
        ("30 June", date(2026, 6, 30), date(2026, 6, 30)),
        ("29 Feb", None, None),  # no year near has one
        ("31 April", None, None),
        ("3 March 2026", date(2026, 3, 3), date(2026, 3, 3)),
        ("3-11", None, None),
        ("11 2026", None, None),
        ("March", None, None),
        ("3", None, None),
    ],
)
def test_a_day_without_a_year_is_the_nearest_and_its_year_is_shown(
    show, typed: str, day: date | None, before: date | None
) -> None:
    for may_be_future, meant in ((True, day), (False, before)):
        field = DateField("day", "Day")
        field.take_years_from(date(2026, 12, 1), may_be_future=may_be_future)
        show(field)
        field.set_typed(typed)
        field._on_control_left()
        assert field.value() == meant
        assert field.typed() == (meant.strftime("%d/%m/%Y") if meant else typed)
        assert field.is_malformed is (meant is None)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("9.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("14:05", time(14, 5)),
        ("9", time(9)),
        ("24:00", None),
        ("x", None),
    ],
)
def test_times(typed: str, at: time | None) -> None:
    assert read_time(typed) == at


def test_what_cannot_be_read_as_a_day_stays_and_is_said(show) -> None:
    day = DateField("day", "Day")
    show(day)
    day.set_typed("31/2/2026")
    day._on_control_left()
    assert day.is_malformed
    assert "day/month/year" in day.problem
    assert day.typed() == "31/2/2026"
    day.set_typed("1/2/26")
    day._on_control_left()
    assert (day.problem, day.typed()) == ("", "01/02/2026")


def test_what_is_said_of_the_day_pushes_the_time_nowhere(show) -> None:
    at = MomentField("at", "When")
    show(at)
    before = at.time.line.mapTo(at, QPoint())
    at.day.set_typed("31/2/2026")
    at.day._on_control_left()
    at.resize(at.sizeHint())
    QApplication.processEvents()
    assert at.day.problem_label.isVisible()
    assert at.time.line.mapTo(at, QPoint()) == before
    assert at.day.problem_label.mapTo(at, QPoint()).y() > before.y()


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (("", "", "2019"), "2019"),
        (("", "4", "2019"), "2019-04"),
        (("3", "4", "2019"), "2019-04-03"),
        (("3", "", "2019"), None),
        (("31", "2", "2019"), None),
        (("", "", "19"), None),
    ],
)
def test_approximate_dates(show, parts: tuple[str, str, str], value: str | None) -> None:
    born = ApproximateDateField("born", "Born")
    show(born)
    for name, text in zip(("Day", "Month", "Year"), parts, strict=True):
        born.parts[name].setText(text)
    assert born.value() == value
    assert born.is_malformed is (value is None)


def test_markup_is_shown_as_it_was_written(show) -> None:
    label, prose, text = body(MARKUP), ProseField("p", MARKUP), TextField("t", MARKUP)
    choice = ChoiceField("c", MARKUP, [Option("m", MARKUP)])
    box = show(label, prose, text, choice)
    prose.set_value(MARKUP)
    text.set_value(MARKUP)
    assert prose.value() == text.value() == label.text() == MARKUP
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in box.findChildren(QLabel))
    assert choice._radios[0].accessibleName() == f"{MARKUP}: {MARKUP}"


def test_prose_takes_plain_text_only_from_the_clipboard(qtbot, show) -> None:
    prose = ProseField("p", "Prose")
    show(prose)
    rich = QMimeData()
    rich.setHtml("<b>bold</b>")
    rich.setText("bold")
    with qtbot.waitSignal(prose.changed):
        prose.area.insertFromMimeData(rich)
    assert prose.value() == "bold"
    assert not prose.area.textCursor().charFormat().font().bold()


def test_prose_refuses_what_is_too_long_and_keeps_what_was_there(show) -> None:
    prose = ProseField("p", "Prose")
    show(prose)
    prose.set_value("A sentence.")
    heap = QMimeData()
    heap.setText("x" * MAX_PROSE_BYTES)
    prose.area.insertFromMimeData(heap)
    assert prose.value() == "A sentence."
    assert prose.problem == TOO_LONG


def test_prose_undoes_and_keeps_its_cursor(qtbot, show) -> None:
    prose = ProseField("p", "Prose")
    show(prose)
    prose.set_value("One two")
    prose.put_cursor(3)
    qtbot.keyClicks(prose.area, "!")
    assert prose.value() == "One! two"
    assert prose.cursor_place() == 4
    prose.area.undo()
    assert prose.value() == "One two"
    prose.area.undo()
    assert prose.value() == "One two"


def test_prose_grows_with_what_is_written(show) -> None:
    prose = ProseField("p", "Prose", min_lines=3)
    show(prose)
    low = prose.area.height()
    prose.set_value("A line.\n" * 12)
    assert prose.area.height() > 2 * low


def test_tab_leaves_prose_and_ctrl_enter_is_not_a_line(qtbot, show) -> None:
    prose, after = ProseField("p", "Prose"), TextField("t", "After")
    box = show(prose, after)
    box.activateWindow()
    prose.take_focus()
    qtbot.keyClick(prose.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert prose.value() == ""
    qtbot.keyClick(prose.area, Qt.Key.Key_Tab)
    assert after.line.hasFocus()


def test_the_summary_names_every_problem_and_leads_to_its_field(qtbot, show) -> None:
    summary, first, second = ErrorSummary(), TextField("a", "Where"), DateField("b", "Day")
    box = show(summary, first, second)
    box.activateWindow()
    first.problem, second.problem = "Say where", "Give the day"
    assert summary.show_problems([first, second]) == 2
    assert "Where: Say where" in summary.accessibleDescription()
    with qtbot.waitSignal(summary.followed) as followed:
        press(box, "Day: Give the day")
    assert followed.args == ["b"]
    assert second.line.hasFocus()
    first.problem = second.problem = ""
    assert summary.show_problems([first, second]) == 0
    assert not summary.isVisible()


def test_the_mark_of_a_choice_grows_with_the_text(qtbot, theme: Theme) -> None:
    field = ChoiceField("place", "Place", [Option("home", "Home")])
    qtbot.addWidget(field)
    field.show()
    radio = field._radios[0]
    usual = radio.sizeHint().width() - radio.fontMetrics().horizontalAdvance("Home")
    theme.scale_text(200)
    try:
        larger = radio.sizeHint().width() - radio.fontMetrics().horizontalAdvance("Home")
        assert larger > usual + 8
    finally:
        theme.scale_text(100)


def test_of_two_answers_that_read_alike_the_chosen_one_is_given(show) -> None:
    code = CodeField("which", "Which", [Option("a", "Pretend Smith"), Option("b", "Pretend Smith")])
    line = named(show(code), "Which", QLineEdit)
    code.set_value("b")
    line.setText("pretend smith")
    code._on_control_left()
    assert code.value() == "b"


def test_a_long_answer_shows_its_begin(show):
    code = CodeField("child", "Child", [Option("1", "Unborn Pretend-Ash (unborn child, expected 5 February 2027)")])
    show(code)
    code.set_value("1")
    line = code.combo.lineEdit()
    assert line is not None
    assert line.cursorPosition() == 0


def test_a_question_keeps_its_own_mark_before_what_is_wrong():
    assert (
        problem_words("Is a child in danger now?", "Answer yes or no") == "Is a child in danger now? Answer yes or no"
    )
    assert problem_words("When", "Enter a day") == "When: Enter a day"


def test_the_sign_of_a_calendar_grows_with_the_text_and_wears_the_theme_of_the_moment(show, theme: Theme) -> None:
    day = DateField("day", "Day")
    show(day)

    def signed() -> int:
        """How many pixels wide the sign is, in the accent that is worn now."""
        QApplication.processEvents()
        image = day.calendar_button.grab().toImage()
        accent = current_tokens().accent
        return len({x for x in range(image.width()) for y in range(image.height())
                    if image.pixelColor(x, y).name() == accent.lower()})  # fmt: skip

    small = signed()
    assert small
    theme.choose(ThemeChoice.DARK)
    theme.scale_text(200)
    try:
        assert signed() > 1.5 * small
    finally:
        theme.scale_text(100)
        theme.choose(ThemeChoice.LIGHT)


def test_what_an_option_means_stands_under_its_words_at_every_size(show, theme: Theme) -> None:
    choices = ChoicesField("choices", "Choices", ANSWERS)
    show(choices)
    (tick,) = (each for each in choices.findChildren(Tick) if each.text() == "At school")
    (meaning,) = (each for each in choices.findChildren(QLabel) if each.text() == "or nursery")
    try:
        for percent in (100, 200):
            theme.scale_text(percent)
            QApplication.processEvents()
            assert meaning.contentsMargins().left() == words_at(tick)
    finally:
        theme.scale_text(100)


def test_the_cross_that_empties_a_line_stands_in_its_middle(show, theme: Theme) -> None:
    line = Line(28)
    line.setClearButtonEnabled(True)
    show(line)
    line.setText("Pretend")
    (cross,) = line.findChildren(QToolButton)
    assert abs(cross.geometry().center().y() - line.rect().center().y()) <= 1
    assert min(cross.width(), cross.height()) >= TARGET_MIN


def test_an_answer_that_is_cut_ends_in_dots(show) -> None:
    cut, dotted = (CodeField("which", "Which", [Option("a", "")]) for _ in range(2))
    show(QLineEdit(), cut, dotted)
    long = "Pretend agreement to an assessment and to meetings of the team"
    for each in (cut, dotted):
        each.combo.setFixedWidth(200)
        each.layout_.activate()
    line, other = cut.combo.lineEdit(), dotted.combo.lineEdit()
    assert line is not None
    assert other is not None
    line.setText(long)
    other.setText(line.fontMetrics().elidedText(long, Qt.TextElideMode.ElideRight, line.width() - 4))
    assert other.text().endswith("…")
    for shown in (line, other):
        shown.clearFocus()
        shown.setCursorPosition(0)
    assert line.grab().toImage() == other.grab().toImage()
    assert line.text() == long


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("percent", [100, 200])
def test_every_day_of_the_calendar_can_be_read(show, theme: Theme, percent: int) -> None:
    theme.scale_text(percent)
    day = DateField("on", "Day")
    show(day)
    day.calendar_button.click()
    calendar = day.findChild(QCalendarWidget)
    assert calendar is not None
    days = calendar.findChild(QTableView)
    assert isinstance(days, QTableView)
    option = QStyleOptionViewItem()
    option.initFrom(days)
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
    indices = [days.model().index(week, weekday) for week in range(7) for weekday in range(8)]
    shown = [each for each in indices if not days.visualRect(each).isEmpty()]
    assert len(shown) == 49
    for each in shown:
        option.rect, option.text = days.visualRect(each), str(each.data())
        room = days.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, days).width()
        assert room >= days.fontMetrics().horizontalAdvance(option.text)
    calendar.window().close()
    theme.scale_text(100)
