"""Finds families, people and notes as somebody types: what is typed is words, never a query language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks
from sf_desktop.store.tables import index
from sf_desktop.store.tables.words import again

LIMIT = 50
NAMES_LIMIT = 20
_MOST_WORDS = 12
_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_BEFORE, _AFTER = 50, 110
_SHORTEST_BEGINNING = 3
_MOST_TERMS = 120

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found. ``pieces`` is its snippet: texts, each with whether it is one of the words looked for."""

    record_id: str
    family_id: str
    family_name: str
    kind: str
    title: str
    happened_at: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, newest first within each list. ``is_ready`` is False while the index is being built."""

    families: tuple[Hit, ...] = ()
    people: tuple[Hit, ...] = ()
    notes: tuple[Hit, ...] = ()
    is_ready: bool = True


def query(words: str) -> str:
    """Return the index's query for what was typed: every word, the last one perhaps not finished; "" for no words."""
    found = _words(words)
    return " ".join(_quoted(each) for each in found) + _ending(words) if found else ""


def _words(words: str) -> list[str]:
    return [each[:_LONGEST_WORD] for each in _WORD.findall(words)][:_MOST_WORDS]


def _quoted(word: str) -> str:
    return f'"{word}"'  # a word holds letters and digits only, so nothing in it can end the quotes


def _ending(words: str) -> str:
    return "" if words[-1:].isspace() else "*"


def find(connection: Connection, words: str, limit: int = LIMIT) -> Found:
    """Return what holds all the words."""
    wanted = query(words)
    if not wanted:
        return Found(is_ready=index.is_ready(connection))
    names = _rows(connection, "name", wanted, NAMES_LIMIT * 2)
    notes = _notes(connection, words, limit)
    called = _family_names(connection, {each[1] for each in (*names, *notes)})
    marker = marker_of(words)
    hits = [_hit(each, called, marker) for each in names]
    return Found(
        tuple(each for each in hits if each.kind == "family")[:NAMES_LIMIT],
        tuple(each for each in hits if each.kind == "person")[:NAMES_LIMIT],
        tuple(_hit(each, called, marker) for each in notes),
        index.is_ready(connection),
    )


def _notes(connection: Connection, words: str, limit: int) -> list[_Row]:
    """Find notes. Whole words first: for these the index stops at the limit, and there are nearly always enough.

    A half-typed word is looked up as the words that begin like it. FTS5's own way of doing so reads every place of
    every such word: 40 ms at 20,000 records, against 1 to 3. A beginning of one or two letters is no help in notes.
    """
    *whole, last = _words(words)
    rows = _rows(connection, "record", " ".join(map(_quoted, (*whole, last))), limit)
    if len(rows) >= limit or not _ending(words):
        return rows
    if len(last) < _SHORTEST_BEGINNING:
        return rows or (_rows(connection, "record", " ".join(map(_quoted, whole)), limit) if whole else [])
    terms = _terms(connection, last)
    if not terms:
        return rows
    either = " OR ".join(map(_quoted, terms)) if len(terms) < _MOST_TERMS else f"{_quoted(last)}*"
    return _rows(connection, "record", " AND ".join([*map(_quoted, whole), f"({either})"]), limit)


def _terms(connection: Connection, beginning: str) -> list[str]:
    """Return the index's words that begin so, jumping from each to the next."""
    first = _folded(beginning)
    end = first + "\U0010ffff"
    found: list[str] = []
    at = first
    sql = "SELECT term FROM record_term WHERE term >= ? AND term < ? LIMIT 1"
    while len(found) < _MOST_TERMS:
        row = connection.execute(sql, (at, end)).fetchone()
        if row is None:
            break
        found.append(str(row[0]))
        at = found[-1] + "\x01"
    return found


def _folded(word: str) -> str:
    """Return a word as the index has it: small letters, no accents."""
    return _without_accents(word.lower())


_Row = tuple[str, str, str, str, str, bytes, str, str | None]


def _rows(connection: Connection, table: str, wanted: str, limit: int) -> list[_Row]:
    """Row numbers stand in the order of time, so the index itself gives the newest first and stops at the limit.

    Of a record's JSON only its words are wanted: as bytes it need not be made a text first, and bytes again to be read.
    """
    found = connection.execute(
        f"SELECT r.id, r.family_id, r.kind, r.title, r.happened_at, CAST(p.wire AS BLOB), p.words, p.fields"
        f" FROM (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ? ORDER BY rowid DESC LIMIT ?) AS f"
        " JOIN record AS r ON r.row = f.rowid JOIN paper AS p ON p.id = r.paper ORDER BY f.rowid DESC",
        (wanted, limit),
    )
    return found.fetchall()


def _family_names(connection: Connection, family_ids: set[str]) -> dict[str, str]:
    rows = connection.execute(
        f"SELECT id, title FROM record WHERE kind = 'family' AND id IN ({marks(len(family_ids))})", tuple(family_ids)
    )
    return {str(each[0]): str(each[1]) for each in rows}


def _hit(found: _Row, called: dict[str, str], marker: Marker) -> Hit:
    record_id, family_id, kind, title, happened_at, wire, beside, fields = found
    pieces = snippet(again(wire, beside, fields), marker)
    return Hit(record_id, family_id, called.get(family_id, ""), kind, title, happened_at, pieces)


@dataclass(frozen=True, slots=True)
class Marker:
    """What marks the words in a text: whole words, and those that begin with the last one."""

    pattern: re.Pattern[str]
    beginnings: tuple[str, ...]  # as they are mostly written: in small letters, with a capital, in capitals

    def first(self, text: str) -> re.Match[str] | None:
        """Find a word: the first that is written in one of the usual ways, else the first in any way.

        Plain search goes through a long note many times as fast as the pattern does, or as putting it in small letters.
        """
        first: re.Match[str] | None = None
        for each in self.beginnings:
            first = self._first(text, each, len(text) if first is None else first.start()) or first
        return first or self.pattern.search(text)

    def _first(self, text: str, beginning: str, before: int) -> re.Match[str] | None:
        at = text.find(beginning, 0, before)
        while at >= 0:
            if (match := self.pattern.match(text, at)) is not None:
                return match
            at = text.find(beginning, at + 1, before)
        return None


def marker_of(words: str) -> Marker:
    """Return what marks these words, as they were typed; there must be at least one."""
    found = _words(words)
    whole, last = found[:-1], found[-1]
    ending = r"\b" if words[-1:].isspace() else r"\w*"
    parts = [rf"{re.escape(each)}\b" for each in whole] + [rf"{re.escape(last)}{ending}"]
    ways = dict.fromkeys(way for each in found for way in (each.lower(), each.capitalize(), each.upper()))
    return Marker(re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE), tuple(ways))


def snippet(text: str, marker: Marker) -> Pieces:
    """Cut a text around the first word found, and mark every such word in the cut."""
    first = marker.first(text)
    if first is None:
        plain = _without_accents(text)
        first = marker.first(plain)
        # Where letters and accents are one character each, places are the same in both texts.
        source = plain if len(plain) == len(text) else text
    else:
        source = text
    middle = first.start() if first else 0
    start = _word_start(text, middle - _BEFORE)
    end = _word_end(text, middle + _AFTER)
    return tuple(_pieces(text, source, marker, start, end))


def _pieces(text: str, source: str, marker: Marker, start: int, end: int) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = [("…", False)] if start > 0 else []
    at = start
    for found in marker.pattern.finditer(source, start, end):
        if found.start() > at:
            pieces.append((_one_line(text[at : found.start()]), False))
        pieces.append((text[found.start() : found.end()], True))
        at = found.end()
    if at < end:
        pieces.append((_one_line(text[at:end]), False))
    if end < len(text):
        pieces.append(("…", False))
    return pieces


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at, at + 20)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 20, at)
    return space if space >= 0 else at


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
