"""What is needed to say or edit one answer of any record of a family file: people, workers, codes and names."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.ops.household import people
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.linked import linked_records
from sf_desktop.ops.worker.phrases import offered
from sf_desktop.ui.form.context import Choosable, FormContext
from sf_desktop.ui.form.sheet import choosable, nameable
from sf_desktop.ui.kit.writing.hunspell import FamilySpelling


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A family file's people and the facts of the day, read with one question."""

    context: FormContext
    me_id: str


def surroundings(office: Office, family_id: str, kind: str = "") -> Surroundings:
    """Read them, for records of a kind. Call it inside a verb."""
    today = office.today()
    context = FormContext(
        codes=office.codes,
        today=today,
        people=choosable(people.people(office, family_id), kind),
        workers=tuple(Choosable(each.id, each.name) for each in office.configuration.workers),
        records=nameable(linked_records(office, family_id)),
        configured=office.configuration.lists(today),
        spelling=FamilySpelling(people.known_names(office.connection, family_id)),
        kind=kind,
        phrases=offered(office, kind),
    )
    return Surroundings(context, office.me.worker.id)
