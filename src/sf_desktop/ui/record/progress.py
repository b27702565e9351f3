"""How far each part of a record is, and which parts were filled in before anybody wrote."""

from __future__ import annotations

from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.progress import Progress
from sf_desktop.ui.form.sheet import Sheet

FILLED_IN = "Filled in: check it"


class RecordProgress(Progress):
    """Says of a part that stands as the draft began (from the file, or the last record) that it is to be checked."""

    def __init__(self, form: Form, sheet: Sheet) -> None:
        super().__init__(form, sheet)
        self._first = sheet.draft.base if sheet.draft.record_id is None else {}

    def remark(self, part: str) -> str:
        read = {name: answer.read() for name, answer in self.form.sections[part].answers.items()}
        answered = {name: value for name, value in read.items() if value not in (None, "", [])}
        is_as_begun = bool(answered) and all(self._first.get(name) == value for name, value in answered.items())
        return FILLED_IN if is_as_begun else ""
