"""Puts the words together by which a record is found, and makes them again exactly as they went into the index.

Words leave the index only as they came into it. So a record's text keeps with it which of its fields they are, and
nobody asks what a later program would look for. Only where they are not texts of the record they lie beside it whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sf_desktop.store.coding import read_searched
from sf_record.record import Record

# In order: a field of its own, without names behind it; or one with rows, and which of their fields.
Fields = tuple[tuple[str, tuple[str, ...]], ...]


class Words(NamedTuple):
    """The words of a record, and the list of fields (JSON) of which they can be made again; None: not of fields."""

    text: str
    fields: str | None

    @property
    def beside(self) -> str:
        """What of them is to be stored beside the record's text and the list."""
        return self.text if self.fields is None else ""


NO_WORDS = Words("", None)


def of_record(record: Record, fields: Fields) -> Words:
    """Return a record's words: these fields, what was added to it later, and what of it waits to be settled."""
    parts = _parts(record.body, fields)
    parts += [each.text for each in record.amendments]
    parts += [each.mine for each in record.conflicts if isinstance(each.mine, str)]
    if not parts:
        return NO_WORDS
    try:
        return Words("\n".join(parts), _spelt(fields))
    except TypeError:  # a newer program keeps something else there than a text
        return Words("\n".join(map(str, parts)), None)


def again(wire: str | bytes, beside: str, fields: str | None) -> str:
    """Return the words that were put into the index with this text, from what was stored with it.

    A list of fields is read for ever as :func:`of_record` reads it today. Whoever puts words together otherwise spells
    ``fields`` otherwise too, or stores the words.
    """
    if fields is None:
        return beside
    there = read_searched(wire)
    parts = _parts(there.body, _read(fields))
    parts += [each["text"] for each in there.amendments]
    parts += [each["mine"] for each in there.conflicts if isinstance(each["mine"], str)]
    return "\n".join(parts)


def _parts(body: Mapping[str, Any], fields: Fields) -> list[Any]:
    parts: list[Any] = []
    for name, inner in fields:
        value = body.get(name)
        if not value:
            continue
        if inner:
            parts += [row[each] for row in value for each in inner if row.get(each)]
        else:
            parts.append(value)
    return parts


@lru_cache(maxsize=256)
def _spelt(fields: Fields) -> str:
    return json.dumps([[name, *inner] if inner else name for name, inner in fields], separators=(",", ":"))


@lru_cache(maxsize=256)
def _read(text: str) -> Fields:
    return tuple((each, ()) if isinstance(each, str) else (each[0], tuple(each[1:])) for each in json.loads(text))
