"""Puts a difficult family into a family file, as its worker would have recorded it."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_record.body import write
from tests.builders.difficult import Family


def recorded(office: Office, family_id: str, family: Family) -> dict[str, str]:
    """Write its people and relationships; return the records' ids by the people's short ones. Needs a transaction."""
    ids = {key: office.new_id() for key in family.people}
    for key, person in family.people.items():
        writing.create(office, "person", family_id, write(person), record_id=ids[key])
    for relation in family.relations:
        body = write(relation)
        writing.create(
            office, "relationship", family_id,
            body | {"person": ids[str(relation.person)], "to_person": ids[str(relation.to_person)]},
        )  # fmt: skip
    return ids
