"""Every verb there is, asked for what it cannot do: what goes wrong is told and logged without a word of the record."""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sf_desktop import ops
from sf_desktop.crash import places
from sf_desktop.log import plain
from sf_desktop.ops.office import Office
from sf_desktop.store.rounds import inbox
from sf_record.description import Role
from sf_record.errors import SfError
from sf_record.pretend import canaries, families, records
from sf_record.rules.permissions import Worker
from tests.builders.offices import NOW, an_id, an_office, answer, open_vault, transaction

BIRD = canaries(1)[0]
VERBS_AT_LEAST = 250
FAILED_AT_LEAST = 100

Verb = Callable[..., Any]


def verbs() -> Iterator[Verb]:
    """Yield every public function of ops that takes the office."""
    for found in pkgutil.walk_packages(ops.__path__, f"{ops.__name__}."):
        for name, each in sorted(vars(importlib.import_module(found.name)).items()):
            is_own = inspect.isfunction(each) and each.__module__ == found.name
            if is_own and not name.startswith("_") and next(iter(inspect.signature(each).parameters), "") == "office":
                yield each


def wrong(_parameter: inspect.Parameter, _here: tuple[str, str]) -> object:
    """Return words where anything at all is wanted."""
    return BIRD.sentence


def nearly_right(parameter: inspect.Parameter, here: tuple[str, str]) -> object:
    """Return what is really there for an id, and words in whatever else."""
    wanted = str(parameter.annotation)
    if parameter.name.endswith("family_id"):
        return here[0]
    if parameter.name.endswith("_id"):
        return here[1]
    if parameter.name == "kind":
        return "note"
    if "Mapping" in wanted or "dict" in wanted:
        return {"type": BIRD.sentence, "text": BIRD.sentence, BIRD.sentence: BIRD.sentence}
    is_many = any(each in wanted for each in ("tuple", "Sequence", "Collection"))
    return (BIRD.sentence,) if is_many else BIRD.sentence


class Heard(logging.Handler):
    """Keeps what would stand in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        said = plain(record)
        raised = said.exc_info[1] if said.exc_info else None
        self.lines += [said.getMessage(), *(() if raised is None else places(raised))]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Everything that is logged, whatever its level."""
    handler, root = Heard(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The office of a practitioner with two family files."""
    seed = random.Random(3)
    connection = open_vault(tmp_path)
    made = an_office(connection, seed)
    people = [made.me.worker, Worker(an_id(seed), Role.SUPERVISOR, made.me.worker.team_id)]
    files = families(random.Random(11), 2, people, NOW.date(), records_per_family=40)
    with transaction(connection):
        inbox.apply(connection, answer([record for file in files for record in records(file.events)]))
    yield made
    connection.close()


def asked(office: Office, verb: Verb, value: Callable[[inspect.Parameter, tuple[str, str]], object]) -> list[str]:
    """Ask a verb and take back what it did; return all that is told of what went wrong."""
    (row,) = office.connection.execute("SELECT family_id, id FROM record LIMIT 1").fetchall()
    found = str(row[0]), str(row[1])
    parameters = list(inspect.signature(verb).parameters.values())[1:]
    named = {each.name: value(each, found) for each in parameters if each.kind is each.KEYWORD_ONLY}
    given = [value(each, found) for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    return told(office, lambda: verb(office, *given, **named))


def told(office: Office, ask: Callable[[], object]) -> list[str]:
    """Return what a person, the log and a report are told of an error, or nothing; what was done is undone."""
    office.connection.execute("SAVEPOINT asked")
    try:
        ask()
    except SfError as error:
        return [error.code, error.title, error.advice, str(error), repr(error), *places(error)]
    except Exception as bug:
        logging.getLogger("sf_desktop.pretend").exception("verb_failed kind=%s", type(bug).__name__)
        return [type(bug).__name__, *places(bug)]
    finally:
        office.connection.execute("ROLLBACK TO asked")
        office.connection.execute("RELEASE asked")
    return []


def leaks(said: list[str]) -> list[str]:
    return [each for each in said if BIRD.mark.lower() in each.lower()]


@pytest.mark.parametrize("value", [wrong, nearly_right])
def test_no_verb_that_fails_says_a_word_of_what_it_was_given(
    office: Office, heard: Heard, capfd: pytest.CaptureFixture[str], value: Callable[..., object]
) -> None:
    said = {f"{verb.__module__}.{verb.__name__}": asked(office, verb, value) for verb in verbs()}
    assert len(said) >= VERBS_AT_LEAST
    assert sum(map(bool, said.values())) >= FAILED_AT_LEAST
    assert {verb: leaks(words) for verb, words in said.items() if leaks(words)} == {}
    assert leaks(heard.lines) == []
    printed = capfd.readouterr()
    assert leaks([printed.out, printed.err]) == []


def test_one_that_says_a_word_is_found(office: Office, heard: Heard) -> None:
    def talks() -> None:
        raise SfError("talks", BIRD.sentence, "")

    assert leaks(told(office, talks))
    assert not leaks(heard.lines)
