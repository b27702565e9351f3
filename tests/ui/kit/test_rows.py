"""The model of long lists: honest to Qt, quick at 100,000 rows, and asking only for what is looked at."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from sf_desktop.ui.kit.lists.rows import ID_ROLE, KEPT_PAGES, PAGE_ROWS, ROW_ROLE, Column, RowsModel
from sf_desktop.ui.kit.lists.sampled import SampledTable
from sf_desktop.ui.kit.lists.tables import RowsTable
from sf_desktop.ui.kit.lists.timeline import TimelineView
from sf_desktop.ui.kit.style.theme import current_tokens

COLUMNS = [Column("Family", str.upper, "name"), Column("Status", str.lower)]


@pytest.fixture
def model(qtbot) -> RowsModel:
    return RowsModel(COLUMNS)


def ids(count: int) -> list[str]:
    return [f"row-{at}" for at in range(count)]


def test_it_is_a_model_as_qt_wants_it(qtbot, model: RowsModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(ids(250))
    with qtbot.waitSignal(model.page_wanted) as wanted:
        model.index(0, 0).data()
    model.put_rows({key: key for key in wanted.args[0]})
    model.forget(["row-3", "row-4", "nobody"])
    model.set_ids(ids(10))
    model.set_ids([])
    assert tester.model() is model


def test_a_mark_that_would_turn_a_row_is_a_square_in_its_cells(model: RowsModel) -> None:
    model.set_ids(["row-1"], {"row-1": "Pretend\u202e"})
    assert model.index(0, 0).data() == "PRETEND□"
    assert model.index(0, 0).data(ROW_ROLE) == "Pretend\u202e"


def test_rows_are_asked_for_by_the_page_and_shown_when_they_come(qtbot, model: RowsModel) -> None:
    model.set_ids(ids(1_000))
    index = model.index(150, 0)
    with qtbot.waitSignal(model.page_wanted) as wanted:
        assert index.data() == ""
    assert wanted.args[0] == tuple(ids(1_000)[PAGE_ROWS : 2 * PAGE_ROWS])
    with qtbot.waitSignal(model.dataChanged):
        model.put_rows({key: key for key in wanted.args[0]})
    assert (index.data(), index.data(ID_ROLE), index.data(ROW_ROLE)) == ("ROW-150", "row-150", "row-150")


def test_a_page_is_asked_for_once(qtbot, model: RowsModel) -> None:
    model.set_ids(ids(100))
    asked: list[object] = []
    model.page_wanted.connect(asked.append)
    with qtbot.waitSignal(model.page_wanted):
        for at in range(100):
            model.index(at, 0).data()
    with qtbot.assertNotEmitted(model.page_wanted):
        model.index(5, 1).data()
    assert len(asked) == 1


def test_a_changed_row_is_fetched_again(qtbot, model: RowsModel) -> None:
    model.set_ids(ids(3))
    model.index(0, 0).data()
    model.put_rows({"row-0": "a", "row-1": "b", "row-2": "c"})
    with qtbot.waitSignal(model.page_wanted) as wanted:
        model.forget(["row-1"])
        model.index(1, 0).data()
    assert wanted.args[0] == ("row-1",)
    assert model.index(0, 0).data() == "A"


def test_memory_stays_small_however_far_one_scrolls(qtbot, model: RowsModel) -> None:
    model.set_ids(ids(100_000))
    for page in range(KEPT_PAGES + 20):
        with qtbot.waitSignal(model.page_wanted) as wanted:
            model.index(page * PAGE_ROWS, 0).data()
        model.put_rows({key: key for key in wanted.args[0]})
    assert len(model._rows) <= (KEPT_PAGES + 1) * PAGE_ROWS


def test_headings_sort_only_where_they_can(qtbot, model: RowsModel) -> None:
    with qtbot.waitSignal(model.sort_wanted) as wanted:
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert wanted.args == ["name", False]
    with qtbot.assertNotEmitted(model.sort_wanted):
        model.sort(1)


def test_the_ring_of_a_list_that_has_the_keyboard_is_whole_beside_its_headings(qtbot, theme) -> None:
    """The headings lay on half of it."""
    table = RowsTable("Families", RowsModel(COLUMNS))
    qtbot.addWidget(table)
    table.resize(300, 200)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    shown, middle = table.grab().toImage(), table.horizontalHeader().height() // 2
    ring = QColor(current_tokens().focus)
    assert [shown.pixelColor(across, middle) for across in (0, 1)] == [ring, ring]
    assert shown.pixelColor(150, 1) == ring


@pytest.mark.parametrize("view", [RowsTable, TimelineView])
def test_a_hundred_thousand_rows_have_a_true_scrollbar(qtbot, theme, model: RowsModel, view: type) -> None:
    shown = RowsTable("Families", model) if view is RowsTable else TimelineView("Timeline")
    shown.setModel(model)
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    with qtbot.waitExposed(shown):
        shown.show()
    before = time.perf_counter()
    model.set_ids(ids(100_000))
    assert not shown.grab().isNull()
    taken_s = time.perf_counter() - before
    heights = shown.verticalHeader().length()
    assert heights >= 100_000 * 30
    assert shown.verticalScrollBar().maximum() > heights - 1_000
    print(f"{view.__name__}: 100,000 rows to first paint in {taken_s * 1000:.0f} ms")
    assert taken_s < 2, "an order of magnitude above what it takes: something measures every row"


SAMPLES = ("Pretend family Blackthorn", "Protection plan", "12 Pretend Street, Pretendham")
SAMPLED = [Column(name, str.upper, name) for name in ("Family", "Status", "Address")]


@pytest.fixture
def sampled(qtbot) -> SampledTable:
    model = RowsModel(SAMPLED)
    model.set_ids(ids(3), {each: each for each in ids(3)})
    table = SampledTable("Families", model, SAMPLES, elastic={0: "Pretend family", 2: "12 Pretend"}, spared=(2,))
    qtbot.addWidget(table)
    table.show()
    return table


def widths(table: SampledTable, wide: int) -> list[int]:
    """How wide each column is in a table of this width; 0 where it is left out."""
    table.resize(wide, 300)
    QApplication.processEvents()
    assert not table.horizontalScrollBar().maximum()
    return [table.columnWidth(each) for each in range(3)]


def test_room_that_is_over_goes_to_the_columns_that_are_cut_and_nobody_goes_sideways(sampled: SampledTable) -> None:
    wide = widths(sampled, 2_000)
    samples = sum(sampled.fontMetrics().horizontalAdvance(each) for each in SAMPLES)
    usual, narrow, least = (widths(sampled, samples + room) for room in (3 * 30, 20, -130))
    assert wide[1] == usual[1] == narrow[1], "what is never longer takes no more, and gives nothing"
    assert wide[0] > usual[0] > narrow[0]
    assert wide[2] > usual[2] > narrow[2] > 0
    assert least[2] == 0, "there is no room for it"
    assert widths(sampled, 2_000) == wide, "it is back as soon as there is"


def test_where_one_has_to_go_sideways_nothing_is_left_out_and_no_name_is_cut(sampled: SampledTable) -> None:
    sampled.resize(200, 300)
    QApplication.processEvents()
    assert sampled.horizontalScrollBar().maximum()
    assert sampled.columnWidth(0) > sampled.fontMetrics().horizontalAdvance(SAMPLES[0])
    assert sampled.columnWidth(2)


def test_the_last_column_has_its_part_of_the_room_though_nothing_says_how_long_its_texts_are(qtbot) -> None:
    table = SampledTable("Families", RowsModel(SAMPLED), SAMPLES[:2], elastic={1: "Plan"})
    qtbot.addWidget(table)
    table.show()
    wide = widths(table, 1_200)
    assert wide[2] > 300
    assert wide[1] > 300


def test_a_column_that_is_not_to_be_seen_stays_out_whatever_room_there_is(sampled: SampledTable) -> None:
    sampled.setColumnHidden(2, True)
    assert widths(sampled, 330)[2] == widths(sampled, 2_000)[2] == 0
    sampled.setColumnHidden(2, False)
    assert widths(sampled, 2_000)[2]


def test_a_width_that_somebody_has_drawn_stays(qtbot, sampled: SampledTable) -> None:
    before = widths(sampled, 900)
    across = sampled.horizontalHeader()
    edge, left = QPoint(before[0] - 1, across.height() // 2), Qt.MouseButton.LeftButton
    qtbot.mousePress(across.viewport(), left, pos=edge)
    qtbot.mouseMove(across.viewport(), edge + QPoint(60, 0))
    qtbot.mouseRelease(across.viewport(), left, pos=edge + QPoint(60, 0))
    drawn = sampled.columnWidth(0)
    assert drawn > before[0]
    assert widths(sampled, 1_200)[0] == drawn


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot, sampled: SampledTable) -> None:
    sampled.setFocus()
    sampled.selectRow(1)
    qtbot.keyClick(sampled, Qt.Key.Key_End)
    assert sampled.current_id() == "row-2"
    qtbot.keyClick(sampled, Qt.Key.Key_Home)
    assert sampled.current_id() == "row-0"
