"""What the screen of one attachment asks for at once: how it stands, and the people who may be in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import AttachmentView
from sf_desktop.ops.household import people
from sf_desktop.ops.office import Office, reads
from sf_desktop.ui.form.context import Choosable, FormContext
from sf_desktop.ui.form.sheet import choosable


@dataclass(frozen=True, slots=True)
class AttachmentSheet:
    """One attachment with its surroundings."""

    view: AttachmentView
    context: FormContext
    today: date
    is_alone: bool  # held for the family file itself: it is added here, not with a visit or note


@reads
def attachment_sheet(office: Office, id_: str) -> AttachmentSheet:
    """Read them; InputError ``attachment_gone`` where it is not here any more."""
    view = attachments.one(office, id_)
    context = FormContext(
        codes=office.codes,
        today=office.today(),
        people=choosable(people.people(office, view.family_id)),
        workers=tuple(Choosable(each.id, each.name) for each in office.configuration.workers),
    )
    return AttachmentSheet(view, context, office.today(), view.is_held and not view.body.get("about_record"))
