"""A list of rows whose columns are as wide as a sample of what stands in them, at every text size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.lists.rows import RowsModel
from sf_desktop.ui.kit.lists.tables import RowsTable

_PADDING = 30


class SampledTable(RowsTable):
    """`samples` are texts as long as usual, one for each column but the last, which takes the rest."""

    def __init__(self, name: str, model: RowsModel, samples: Sequence[str], parent: QWidget | None = None) -> None:
        self._samples = tuple(samples)
        super().__init__(name, model, parent)
        self._widen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widen()

    def _widen(self) -> None:
        metrics, bold = self.fontMetrics(), QFont(self.font())
        bold.setBold(True)
        heading = QFontMetrics(bold)
        samples = (*self._samples, "")[: self.model().columnCount()]
        for number, sample in enumerate(samples):
            words = str(self.model().headerData(number, Qt.Orientation.Horizontal) or "")
            wide = max(metrics.horizontalAdvance(sample), heading.horizontalAdvance(words))
            self.setColumnWidth(number, wide + _PADDING)
