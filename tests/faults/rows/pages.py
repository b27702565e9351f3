"""Hostile sync pages, each a real answer with one thing made impossible: refused whole, the cursor unmoved."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from sf_record.ids import new_id
from sf_record.wire.rounds import PAGE_RECORDS, PROTOCOL, RoundRequest
from tests.faults.frame import Row, Tally, Task
from tests.faults.roundtown import NOW, Pair, Towns, drained, state_of

Page = dict[str, Any]
_NUMBERS: tuple[object, ...] = (-1, -(2**40), 2**53, 2**63, 10**40, 1.5, "7", None, [], {})
_NO_IDS: tuple[object, ...] = ("", "7", "../../vault.db", "A" * 36, "\x00" * 36, "0" * 100_000, None, 7, [])
_NO_TEXTS: tuple[object, ...] = (None, 7, [], {"a": 1}, True)


def _other_id(dice: random.Random) -> str:
    return new_id(NOW, dice.randbytes(10))


def _record(page: Page, dice: random.Random) -> Page:
    found: Page = dice.choice(page["records"])
    return found


def _state(page: Page, dice: random.Random) -> Page:
    found: Page = dice.choice(page["families"])
    return found


def _number_of_record(page: Page, dice: random.Random) -> None:
    _record(page, dice)["seq"] = dice.choice((0, *_NUMBERS))


def _beyond_the_cursor(page: Page, dice: random.Random) -> None:
    record = _record(page, dice)
    record["seq"] = 1 + max(each["cursor"] for each in page["families"])


def _id_of_record(page: Page, dice: random.Random) -> None:
    _record(page, dice)[dice.choice(("id", "family_id"))] = dice.choice(_NO_IDS)


def _of_no_family_named(page: Page, dice: random.Random) -> None:
    _record(page, dice)["family_id"] = _other_id(dice)


def _kind_of_record(page: Page, dice: random.Random) -> None:
    _record(page, dice)["kind"] = dice.choice(("", *_NO_TEXTS))


def _body_of_record(page: Page, dice: random.Random) -> None:
    _record(page, dice)["body"] = dice.choice((None, 7, "text", [["text", "words"]]))


def _without_a_part(page: Page, dice: random.Random) -> None:
    whole = dice.choice((_record(page, dice), _state(page, dice)))
    del whole[dice.choice([each for each in ("id", "family_id", "seq", "cursor", "digest") if each in whole])]


def _number_of_family(page: Page, dice: random.Random) -> None:
    _state(page, dice)[dice.choice(("cursor", "seq", "count"))] = dice.choice(_NUMBERS)


def _cursor_beyond_the_number(page: Page, dice: random.Random) -> None:
    state = _state(page, dice)
    state["cursor"] = state["seq"] + dice.randint(1, 10**6)


def _more_records_than_events(page: Page, dice: random.Random) -> None:
    state = _state(page, dice)
    state["count"] = state["seq"] + 1


def _digest_that_is_none(page: Page, dice: random.Random) -> None:
    _state(page, dice)["digest"] = dice.choice(("", "xyz", "0" * 31, "G" * 32, "0" * 33, *_NO_TEXTS))


def _family_twice(page: Page, dice: random.Random) -> None:
    page["families"].append(dict(_state(page, dice)))


def _given_and_taken(page: Page, dice: random.Random) -> None:
    page["released"] = [{"family_id": _state(page, dice)["family_id"], "reason": "reallocated"}]


def _released_that_is_none(page: Page, dice: random.Random) -> None:
    page["released"] = [{"family_id": dice.choice(_NO_IDS), "reason": "reallocated"}]


def _outcome_of_what_was_not_sent(page: Page, dice: random.Random) -> None:
    receipt = {"family_id": _state(page, dice)["family_id"], "seq": 1, "at": page["at"]}
    page["outcomes"] = [{"event_id": _other_id(dice), "result": "accepted", "receipt": receipt}]


def _outcome_that_is_none(page: Page, dice: random.Random) -> None:
    page["outcomes"] = dice.choice(([7], [{}], {"event_id": "x"}, [{"event_id": "x", "result": "lost"}], "all"))


def _decision_that_is_none(page: Page, dice: random.Random) -> None:
    page["decisions"] = dice.choice(([{}], [7], [{"number": -1}], "all"))


def _moment_that_is_none(page: Page, dice: random.Random) -> None:
    page["at"] = dice.choice(("", "yesterday", "2026-13-45T99:00:00Z", "9" * 10_000, *_NO_TEXTS))


def _far_too_many(page: Page, dice: random.Random) -> None:
    page["records"] = page["records"] * (2 * PAGE_RECORDS // len(page["records"]) + 1)


def _lists_that_are_none(page: Page, dice: random.Random) -> None:
    page[dice.choice(("records", "families", "released", "outcomes"))] = dice.choice((7, "all", {"0": 1}, None))


MISCHIEF: tuple[Callable[[Page, random.Random], None], ...] = (
    _number_of_record, _beyond_the_cursor, _id_of_record, _of_no_family_named, _kind_of_record, _body_of_record,
    _without_a_part, _number_of_family, _cursor_beyond_the_number, _more_records_than_events, _digest_that_is_none,
    _family_twice, _given_and_taken, _released_that_is_none, _outcome_of_what_was_not_sent, _outcome_that_is_none,
    _decision_that_is_none, _moment_that_is_none, _far_too_many, _lists_that_are_none,
)  # fmt: skip


def run(task: Task) -> Tally:
    """Serve one hostile page in each try to a laptop that waits for a record."""
    with ExitStack() as stack:
        towns = Towns(task, stack)

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            pair = towns.next()
            page = _real_page(pair, number)
            mischief = MISCHIEF[number % len(MISCHIEF)]
            mischief(page, dice)
            _is_refused_whole(pair, page, mischief.__name__)
            if number % len(MISCHIEF) == 0:
                drained(pair.worker)

        task.control("a real page", lambda _: _is_refused_whole(towns.now, _real_page(towns.now, -1), "none"))
        return task.each(attempt)


def _real_page(pair: Pair, number: int) -> Page:
    """Return what the council really answers: a note that the laptop has not got yet, and its family file."""
    worker, supervisor = pair.worker, pair.supervisor
    supervisor.note(f"Pretend words of a supervisor, {number}.", worker.families()[number % 2])
    supervisor.round()
    ledger = worker.ledger
    asked = RoundRequest(protocol=PROTOCOL, position="", config=ledger.place().config, cursors=dict(ledger.cursors()))
    page: Page = msgspec.json.decode(msgspec.json.encode(worker.session.round(asked)))
    return {name: value for name, value in page.items() if value is not None}


def _is_refused_whole(pair: Pair, page: Page, name: str) -> None:
    worker = pair.worker
    mine = worker.note("Pretend words that wait.")
    before = state_of(worker)
    body = msgspec.json.encode(page)
    with pair.town.network.answering(lambda asked: pair.town.council.answer(asked, body)):  # signed: the worst there is
        code = worker.try_round()
    assert code == "answer_unreadable", f"{name}: {code or 'believed'}"
    assert state_of(worker) == before, f"{name}: something moved"
    worker.connect()
    worker.round()
    assert worker.entry(worker.events()[-1].event.id).receipt_seq, f"{name}: {mine} did not go afterwards"


ROW = Row(
    line=16,
    name="pages",
    after="hostile sync pages: a real answer with one thing made impossible",
    holds="refused whole, cursor unmoved, and the next real one is taken",
    full=10_000,
    suite=300,
    run=run,
)
