"""Lets go of what shows a family file that has left this laptop: the screens, and the way back to them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.leaving.laptop import gone_of
from sf_desktop.ui.desk import Changes, Desk
from sf_desktop.ui.kit.window.stack import GoTo, ScreenStack
from sf_desktop.ui.kit.window.steps import Step

FAMILY = "family"  # the screen that says of a file that it is not here, and is let go by nobody


class Gone(QObject):
    """`gone(family_ids)` names files that have left, of those that are shown or that back leads to.

    `here(family_id)`: the screen that is looked at shows one of them; it is let go after that.

    ``history`` is the window's own, of where back leads to.
    """

    gone = Signal(object)
    here = Signal(str)

    def __init__(self, desk: Desk, stack: ScreenStack, history: list[Step], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._stack, self._history = desk, stack, history
        desk.changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        shown = {each.family_id() for each in self._stack.built()}
        behind = {_family_of(each.wish) for each in self._history}
        if about := (shown | behind) & changes.families:
            self._desk.ask(gone_of, frozenset(about), on_done=self._on_gone)

    @Slot(object)
    def _on_gone(self, gone: frozenset[str]) -> None:
        self.gone.emit(gone)
        self._history[:] = [each for each in self._history if _family_of(each.wish) not in gone]
        current = self._stack.current()
        if current is not None and current.name != FAMILY and current.family_id() in gone:
            self.here.emit(current.family_id())
        self._stack.drop_of(gone, besides=FAMILY)


def _family_of(wish: GoTo) -> str:
    return str(wish.subject.get("family") or "")
