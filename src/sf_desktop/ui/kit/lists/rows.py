"""A table model over a list of ids: the rows themselves are fetched by the page as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from sf_record.text.turning import unturned

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole.value + 1
ID_ROLE = Qt.ItemDataRole.UserRole.value + 2
PAGE_ROWS = 100
KEPT_PAGES = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the text of a row in it, and the key that sorts it (empty: cannot be sorted)."""

    heading: str
    text: Callable[[Any], str]
    sort_key: str = ""
    at_right: bool = False


# What is cut at the edge of its column is shown whole to whoever points at it.
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class RowsModel(QAbstractTableModel):
    """Shows `set_ids` at once with a true scrollbar; asks for rows with `page_wanted(tuple of ids)`.

    Whoever owns the model answers with `put_rows({id: row})`, from the GUI thread, in any order; a row not yet here
    shows nothing. `sort_wanted(key, ascending)` comes from the header. `forget(ids)` makes rows be fetched again.
    """

    page_wanted = Signal(object)
    sort_wanted = Signal(str, bool)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._ids: tuple[str, ...] = ()
        self._rows: dict[str, Any] = {}
        self._stale: set[str] = set()  # shown still, and to be fetched again
        self._asked: dict[int, None] = {}  # pages asked for, oldest first
        self._position: dict[str, int] | None = None
        self._wanted: list[int] = []

    @property
    def ids(self) -> tuple[str, ...]:
        return self._ids

    def set_ids(self, ids: Sequence[str], rows: Mapping[str, Any] | None = None) -> None:
        """Show these, in this order, with the rows that came along; rows that are already here are kept."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._asked.clear()
        self._wanted.clear()
        self._position = None
        if self._rows:
            staying = set(self._ids)
            self._rows = {key: row for key, row in self._rows.items() if key in staying}
            self._stale &= staying
        if rows:
            self._rows.update(rows)
            self._stale.difference_update(rows)
        self.endResetModel()

    def put_rows(self, rows: Mapping[str, Any]) -> None:
        """Take rows that were asked for (or have changed) and repaint them."""
        places = self._places()
        at = sorted(places[key] for key in rows if key in places)
        self._rows.update((key, row) for key, row in rows.items() if key in places)
        self._stale.difference_update(rows)
        for first, last in _runs(at):
            self.dataChanged.emit(self.index(first, 0), self.index(last, max(0, len(self._columns) - 1)))

    def forget(self, ids: Sequence[str]) -> None:
        """Fetch these again when they are next seen; what is shown stays until then."""
        places = self._places()
        at = sorted(places[key] for key in ids if key in places)
        for place in at:
            self._stale.add(self._ids[place])
            self._asked.pop(place // PAGE_ROWS, None)
        for first, last in _runs(at):
            self.dataChanged.emit(self.index(first, 0), self.index(last, max(0, len(self._columns) - 1)))

    def has_row(self, identity: str) -> bool:
        """Whether a row is here and as it should be."""
        return identity in self._rows and identity not in self._stale

    def row_at(self, index: Index) -> Any | None:
        """The row itself, if it is here already."""
        return self._rows.get(self._ids[index.row()]) if index.isValid() else None

    def id_at(self, index: Index) -> str:
        return self._ids[index.row()] if index.isValid() else ""

    def place_of(self, identity: str) -> int:
        """The position of an id, or -1."""
        return self._places().get(identity, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        identity = self._ids[index.row()]
        if role == ID_ROLE:
            return identity
        if role not in (*_SHOWN, ROW_ROLE):
            return self._alignment(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None
        row = self._rows.get(identity)
        if row is None or identity in self._stale:
            self._want(index.row() // PAGE_ROWS)
        if row is None:
            return None if role == ROW_ROLE else ""
        return row if role == ROW_ROLE else unturned(self._columns[index.column()].text(row))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self._columns) and self._columns[column].sort_key:
            self.sort_wanted.emit(self._columns[column].sort_key, order == Qt.SortOrder.AscendingOrder)

    def sortable(self) -> list[int]:
        """The columns by which it can be sorted."""
        return [number for number, each in enumerate(self._columns) if each.sort_key]

    def _alignment(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if self._columns[column].at_right else Qt.AlignmentFlag.AlignLeft
        return (side | Qt.AlignmentFlag.AlignVCenter).value

    def _want(self, page: int) -> None:
        """Note a page; they are asked for together after this paint, nearest what is looked at last."""
        if page in self._asked:
            return
        self._asked[page] = None
        if not self._wanted:
            # Not from inside `data`: whoever answers may change the model.
            self.metaObject().invokeMethod(self, "_ask", Qt.ConnectionType.QueuedConnection)
        self._wanted.append(page)

    @Slot()
    def _ask(self) -> None:
        pages, self._wanted = self._wanted, []
        for page in pages:
            keys = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
            ids = tuple(key for key in keys if key not in self._rows or key in self._stale)
            if ids:
                self.page_wanted.emit(ids)
        self._drop_old_pages()

    def _drop_old_pages(self) -> None:
        while len(self._asked) > KEPT_PAGES:
            page = next(iter(self._asked))
            del self._asked[page]
            for key in self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]:
                self._rows.pop(key, None)

    def _places(self) -> dict[str, int]:
        if self._position is None:
            self._position = {key: place for place, key in enumerate(self._ids)}
        return self._position


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring positions as (first, last) runs."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] + 1 >= place:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
