"""How far each part of a visit is, in a word or two."""

from __future__ import annotations

from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.sheet import Sheet
from sf_record.validation import Rules, problems


class Progress:
    """Says for each part: writing, complete, begun, to mend, carried forward, or nothing yet."""

    def __init__(self, form: Form, sheet: Sheet) -> None:
        self._form = form
        self._rules = Rules(sheet.codes, sheet.today, is_signing=True)
        before = sheet.last_time.promises if sheet.last_time is not None else ()
        self._promised = {each.what.strip().casefold() for each in before}

    def words(self, current: str) -> dict[str, tuple[str, str]]:
        """The words and their tone, by part."""
        body = self._form.body()
        missing: dict[str, int] = {}
        for problem in problems(self._form.kind.name, body, self._rules):
            section = self._form.section_of(problem.field)
            if section is not None:
                missing[section.group.name] = missing.get(section.group.name, 0) + 1
        return {name: self._part(name, missing.get(name, 0), name == current) for name in self._form.sections}

    def _part(self, name: str, missing: int, is_current: bool) -> tuple[str, str]:
        marked = sum(bool(field.problem) for field in self._form.sections[name].fields())
        if marked:
            return f"{marked} to mend", "danger"
        if is_current:
            return "Writing", "muted"
        carried = self._carried() if name == "agreed" else 0
        if carried:
            return f"{carried} carried forward", "muted"
        if not self._form.has_answers(name):
            return "", "muted"
        return ("Complete", "ok") if not missing else ("Begun", "muted")

    def _carried(self) -> int:
        rows = self._form.body().get("agreed") or ()
        whats = (str(each.get("what") or "").strip().casefold() for each in rows if not each.get("is_done"))
        return sum(what in self._promised for what in whats)
