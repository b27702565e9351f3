"""Says what somebody wrote in a record's fields as plain text: to be copied, or to become a note of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import category

from sf_desktop.ops.activities.register_words import marks_in_words
from sf_desktop.ops.office import Office
from sf_record.description import Field, Shape
from sf_record.kinds import KINDS

NOT_SAID = frozenset({"planned_visit", "about_record", "from_record", "size", "sha256"})
"""Ids and proofs are nothing to read."""
_NOWHERE = frozenset({"Cc", "Cs"})  # control characters and halves of others; what joins letters is part of a word


def as_text(
    office: Office, kind_name: str, fields: Mapping[str, Any], before: Mapping[str, Any], said: Sequence[str] = ()
) -> str:
    """Return what somebody wrote in the fields of a record as plain text, without what stood in it ``before``.

    Without the characters that no record may hold: they can be what the council could not read.
    """
    kind = KINDS.get(kind_name)
    told = list(_texts(kind.fields, fields, before)) if kind else []
    told += marks_in_words(office, kind_name, {**before, **fields})
    words = told[0].partition(": ")[2] if len(told) == 1 and not said else "\n".join([*told, *said])
    return "".join(each for each in words if each in "\n\t" or category(each) not in _NOWHERE)


def _texts(fields: Sequence[Field], body: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = body.get(field.name)
        if value in (None, "", []) or value == seen.get(field.name) or field.name in NOT_SAID:
            continue
        if field.shape is Shape.ROWS:
            for row in value:
                yield from _texts(field.rows, row, {})
        elif field.shape is Shape.TEXTS:
            yield f"{field.label}: {'; '.join(map(str, value))}"
        elif field.shape in {Shape.TEXT, Shape.PROSE, Shape.DATE, Shape.APPROXIMATE_DATE}:
            yield f"{field.label}: {value}"
