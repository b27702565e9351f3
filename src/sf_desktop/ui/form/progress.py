"""How far each part of a form is, in a word or two."""

from __future__ import annotations

from sf_desktop.ops.office import next_day
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.sheet import Sheet
from sf_record.rules.validation import Rules, problems


class Progress:
    """Says for each part: writing, complete, begun, to mend, or nothing yet. Overrides: `remark`."""

    def __init__(self, form: Form, sheet: Sheet) -> None:
        self.form = form
        self._rules = Rules(sheet.codes, sheet.today, is_signing=True, tomorrow=next_day(sheet.today))

    def remark(self, _part: str) -> str:
        """What else there is to say of a part; empty where nothing is."""
        return ""

    def words(self, current: str) -> dict[str, tuple[str, str]]:
        """The words and their tone, by part."""
        body = self.form.body()
        missing: dict[str, int] = {}
        for problem in problems(self.form.kind.name, body, self._rules):
            section = self.form.section_of(problem.field)
            if section is not None:
                missing[section.group.name] = missing.get(section.group.name, 0) + 1
        return {name: self._part(name, missing.get(name, 0), name == current) for name in self.form.sections}

    def _part(self, name: str, missing: int, is_current: bool) -> tuple[str, str]:
        marked = sum(bool(field.problem) for field in self.form.sections[name].fields())
        if marked:
            return f"{marked} to mend", "danger"
        if is_current:
            return "Writing", "muted"
        if remark := self.remark(name):
            return remark, "muted"
        if not self.form.has_answers(name):
            return "", "muted"
        return ("Complete", "ok") if not missing else ("Begun", "muted")
