"""How far each part of a visit is, and how much was carried forward into it."""

from __future__ import annotations

from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.progress import Progress
from sf_desktop.ui.form.sheet import Sheet


class VisitProgress(Progress):
    """Says of what was agreed how much of it stood there last time."""

    def __init__(self, form: Form, sheet: Sheet) -> None:
        super().__init__(form, sheet)
        before = sheet.last_time.promises if sheet.last_time is not None else ()
        self._promised = {each.what.strip().casefold() for each in before}

    def remark(self, part: str) -> str:
        carried = self._carried() if part == "agreed" else 0
        return f"{carried} carried forward" if carried else ""

    def _carried(self) -> int:
        rows = self.form.body().get("agreed") or ()
        whats = (str(each.get("what") or "").strip().casefold() for each in rows if not each.get("is_done"))
        return sum(what in self._promised for what in whats)
