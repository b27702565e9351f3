"""Templates and phrases to write with: the council's, as they hold today, and one's own."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.store.tables import phrases as kept
from sf_desktop.store.tables.phrases import OwnPhrase
from sf_desktop.wording import error, input_error
from sf_record.configuration import Phrase
from sf_record.errors import FieldProblem

__all__ = ["OwnPhrase", "Phrases", "drop", "keep", "offered", "phrases", "put_back"]

MOST_OWN, LABEL_CHARACTERS, TEXT_CHARACTERS = 200, 80, 20_000
KIND = "phrase"


@dataclass(frozen=True, slots=True)
class Phrases:
    """What can be written with: the council's, which only the council changes, and one's own."""

    councils: tuple[Phrase, ...]
    own: tuple[OwnPhrase, ...]


@reads
def phrases(office: Office) -> Phrases:
    """Return all that are offered today."""
    today = office.today()
    councils = tuple(each for each in office.configuration.phrases if each.is_offered(today))
    return Phrases(councils, kept.own(office.connection))


def offered(office: Office, kind: str) -> tuple[Phrase, ...]:
    """Return what is offered for a kind of record today, one's own first."""
    today = office.today()
    own = tuple(Phrase(label=each.label, text=each.text) for each in kept.own(office.connection))
    return (*own, *(each for each in office.configuration.phrases if each.is_offered(today, kind)))


def keep(office: Office, label: str, text: str, phrase_id: str = "") -> Done:
    """Keep a phrase of one's own, or another text for one; InputError with every field at fault."""
    own = kept.own(office.connection)
    _check(label, text, is_full=not phrase_id and len(own) >= MOST_OWN)
    made = OwnPhrase(phrase_id or office.new_id(), " ".join(label.split()), text.strip("\n"))
    known = {each.id: each for each in own} | {made.id: made}
    kept.keep(office.connection, tuple(known.values()))
    return _done(made.id)


def drop(office: Office, phrase_id: str) -> OwnPhrase:
    """Give one up; :func:`put_back` undoes it with what this returns."""
    own = kept.own(office.connection)
    gone = next((each for each in own if each.id == phrase_id), None)
    if gone is None:
        raise error("phrase_gone")
    kept.keep(office.connection, tuple(each for each in own if each.id != phrase_id))
    return gone


def put_back(office: Office, phrase: OwnPhrase) -> Done:
    """Undo :func:`drop`."""
    return keep(office, phrase.label, phrase.text, phrase.id)


def _check(label: str, text: str, *, is_full: bool) -> None:
    problems = []
    if not label.strip():
        problems.append(FieldProblem("label", "Name: what you find it by"))
    elif len(label) > LABEL_CHARACTERS:
        problems.append(FieldProblem("label", f"Name: no more than {LABEL_CHARACTERS} characters"))
    if not text.strip():
        problems.append(FieldProblem("text", "Words: what is to be written"))
    elif len(text) > TEXT_CHARACTERS:
        problems.append(FieldProblem("text", f"Words: no more than {TEXT_CHARACTERS:,} characters"))
    if is_full:
        problems.append(FieldProblem("label", f"Name: {MOST_OWN} are kept; give one up first"))
    if problems:
        raise input_error("mend_form", tuple(problems))


def _done(phrase_id: str) -> Done:
    return Done(frozenset({KIND}), frozenset({phrase_id}), frozenset(), phrase_id)
