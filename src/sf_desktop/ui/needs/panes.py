"""The panels beside the list of what needs somebody: one of them is shown, and gives the page its height."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.layout.surfaces import column


class Panes(QWidget):
    """Shows one of its panels, and is as high as that."""

    def __init__(self, *panels: QWidget) -> None:
        super().__init__()
        self.shown: QWidget | None = None
        self._panels = panels
        down = column(self)
        for panel in panels:
            panel.hide()
            down.addWidget(panel)
        down.addStretch(1)

    def show_panel(self, wanted: QWidget | None) -> None:
        """Show this panel and no other; None shows none."""
        self.shown = wanted
        for panel in self._panels:
            panel.setVisible(panel is wanted)
