"""What a form must know besides its description: whom one may choose, the codes of the day, and the speller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sf_desktop.ui.kit.fields.choices import Option
from sf_desktop.ui.kit.writing.spelling import Spelling
from sf_record.codes import CodeSets
from sf_record.configuration import Phrase
from sf_record.rules import sameness


@dataclass(frozen=True, slots=True)
class Choosable:
    """A person or worker who may be chosen: id, name, and who that is."""

    id: str
    name: str
    who: str = ""
    is_child: bool = False
    is_unborn: bool = False
    read_with: str = ""  # the record that this one is read with: its person is offered once

    @property
    def is_other(self) -> bool:
        """Say whether it is another record of a person who is offered already: named where it stands."""
        return bool(self.read_with)


@dataclass(frozen=True, slots=True)
class FormContext:
    """The surroundings of one form."""

    codes: CodeSets
    today: date
    people: Sequence[Choosable] = ()
    workers: Sequence[Choosable] = ()
    records: Mapping[str, Sequence[Choosable]] = field(default_factory=dict)  # by kind, those one may name
    configured: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # the council's own lists
    told_of: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # more of their lines, said where one chooses
    spelling: Spelling | None = None
    kind: str = ""
    phrases: Sequence[Phrase] = ()  # of this kind: templates and phrases to write with
    one_row_each: frozenset[str] = field(default_factory=frozenset)  # row fields with one fixed row for each child
    own_rows: Mapping[str, Any] = field(
        default_factory=dict
    )  # row fields that a screen makes: a `RowsField` of its own

    @property
    def children(self) -> tuple[Choosable, ...]:
        """The children among the people."""
        return tuple(each for each in self.people if each.is_child and not each.is_other)

    @property
    def stands(self) -> dict[str, str]:
        """Which record's person each other record is of; none in a merge itself, which is about the records."""
        return {} if self.kind == sameness.KIND else {each.id: each.read_with for each in self.people if each.is_other}

    def people_options(self, *, children: bool = False, born: bool = False) -> tuple[Option, ...]:
        """The people as answers, each once, or the children only, born or not; `born`: nobody who is not."""
        everybody = [each for each in self.people if not each.is_other]
        offered = [each for each in everybody if not children or each.is_child or each.is_unborn]
        offered = [each for each in offered if not (born and each.is_unborn)]
        return tuple(Option(each.id, f"{each.name} ({each.who})" if each.who else each.name) for each in offered)

    def worker_options(self) -> tuple[Option, ...]:
        """The workers as answers."""
        return tuple(Option(each.id, each.name) for each in self.workers)

    def record_options(self, kind: str) -> tuple[Option, ...]:
        """The records of a kind as answers."""
        return tuple(Option(each.id, each.name) for each in self.records.get(kind, ()))

    def configured_options(self, name: str) -> tuple[Option, ...]:
        """One of the council's own lists as answers."""
        told = self.told_of.get(name, {})
        return tuple(
            Option(code, f"{label}: {told[code]}" if told.get(code) else label)
            for code, label in self.configured.get(name, ())
        )

    def phrases_for(self, path: str) -> tuple[Phrase, ...]:
        """The phrases for one field."""
        return tuple(each for each in self.phrases if each.is_for(self.kind, path))

    @property
    def phrases_for_reasons(self) -> tuple[Phrase, ...]:
        """The phrases for a reason or a comment on such a record: those for all of it, not for one question of it."""
        return self.phrases_for("")

    def code_options(self, name: str) -> tuple[Option, ...]:
        """The codes in use on the day; none if the set is not known here."""
        if name not in self.codes:
            return ()
        return tuple(Option(code.code, code.label) for code in self.codes[name].on(self.today))
