"""What the screen asks for at once: a record's history as far as it is here, and the names in it."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.reading import history
from sf_desktop.ops.reading.history import HistorySheet
from sf_desktop.ui.form.surroundings import Surroundings, surroundings


@dataclass(frozen=True, slots=True)
class HistoryView:
    """A record's history as far as this laptop has it, with what is needed to say it."""

    sheet: HistorySheet
    around: Surroundings


@reads
def history_view(office: Office, record_id: str, is_look: bool) -> HistoryView:
    """Return it; InputError where the record has left the laptop. ``is_look``: it was not open before."""
    sheet = history.history_sheet(office, record_id, is_look=is_look)
    return HistoryView(sheet, surroundings(office, sheet.record.family_id, sheet.record.kind))
