"""Decides what lies in the holding tray: into the family file under its next numbers, or back to its author. Once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.council import Council
from sf_council.api.events import incoming
from sf_council.api.events.incoming import Incoming
from sf_council.api.events.judging import Judge
from sf_council.api.problems import Declined
from sf_council.api.scope import Caller
from sf_council.database.family import events
from sf_council.database.family.events import Kept
from sf_council.database.held import tray
from sf_council.database.held.tray import Lying
from sf_council.database.identity import workers
from sf_council.database.laptop import laptops
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.wire.tray import COMMENT_CHARACTERS, Decide, Decided, Decision


class PlacingJudge(Judge):
    """Judges what lies in the tray as though its author still had the family file: nothing else is forgiven."""

    _may_follow = False

    def __init__(self, connection: Connection, council: Council, author: Caller, page: Sequence[Incoming]) -> None:
        super().__init__(connection, council, author, page)
        self._standings = scope.standings_before(connection, author, self._families)
        for each in page:
            self._answered.pop(each.event_id, None)


@dataclass(frozen=True, slots=True)
class Deciding:
    """One decision of one supervisor, in one transaction."""

    council: Council
    caller: Caller
    event_id: str
    decide: Decide

    def run(self, connection: Connection) -> Decided:
        """Decide the chain. The same decision asked again, because its answer was lost, gets the same answer."""
        chain = tray.chain(connection, self.council.id, self.event_id)
        if not chain:
            return self._decided_before(connection)
        first = chain[0]
        if not scope.may_decide(connection, self.caller, first.family_id, first.author_id, self.council.now()):
            raise Declined("not_found")
        self._check_comment()
        if self.decide.last_id not in ("", chain[-1].event_id):
            raise Declined("more_came")
        outcomes = self._accepted(connection, chain) if self.decide.is_accepted else self._returned(connection, chain)
        if outcomes[-1].receipt is None:
            return Decided(is_decided=False, outcomes=outcomes)
        tray.take_out(connection, self.council.id, chain)
        self._tell(connection, chain, outcomes)
        self._note(connection)
        return Decided(is_decided=True, outcomes=outcomes)

    def _decided_before(self, connection: Connection) -> Decided:
        past = tray.past(connection, self.council.id, self.event_id)
        outcomes = tuple(tray.outcome_of(each) for each in past)
        known = events.answered(connection, self.council.id, [self.event_id]).get(self.event_id)
        if not past or known is None or outcomes[0].receipt is None:
            raise Declined("not_found")
        family_id = outcomes[0].receipt.family_id
        if not scope.may_decide(connection, self.caller, family_id, known.author_id, self.council.now()):
            raise Declined("not_found")
        is_mine = past[0].by_id == self.caller.worker.id and past[0].is_accepted == self.decide.is_accepted
        if not is_mine:
            raise Declined("decided_already")
        return Decided(is_decided=True, outcomes=outcomes)

    def _check_comment(self) -> None:
        comment = self.decide.comment
        is_missing = not self.decide.is_accepted and not comment.strip()
        if is_missing or len(comment) > COMMENT_CHARACTERS or "\x00" in comment:
            raise Declined("body_invalid", fields=("comment",))

    def _accepted(self, connection: Connection, chain: Sequence[Lying]) -> tuple[Outcome, ...]:
        """Apply all of it or nothing: return the outcomes up to the first event that does not apply any more."""
        author = workers.get(connection, self.council.id, chain[0].author_id)
        if author is None:
            raise Declined("not_found")
        page = [incoming.read_line(each.line) for each in chain]
        judge = PlacingJudge(connection, self.council, Caller(self.council.id, author, ""), page)
        outcomes: dict[str, Outcome] = {}
        left = page
        while left:
            waiting = []  # what a restored council got again may have come behind what was written on it
            for each in left:
                outcome = judge.outcome(each)
                if outcome.result is Result.HELD:
                    waiting.append(each)
                elif not _is_in_file(outcome):
                    return (*outcomes.values(), _without_receipt(outcome))
                else:
                    outcomes[each.event_id] = outcome
            if len(waiting) == len(left):
                return (*outcomes.values(), _without_receipt(judge.outcome(waiting[0])))
            left = waiting
        judge.write()
        return tuple(outcomes[each.event_id] for each in page)

    def _returned(self, connection: Connection, chain: Sequence[Lying]) -> tuple[Outcome, ...]:
        at = self.council.at()
        outcomes = tuple(
            Outcome(
                event_id=each.event_id,
                result=Result.REFUSED,
                receipt=Receipt(family_id=each.family_id, seq=0, at=at),
                code="returned",
            )
            for each in chain
        )
        kept = [
            Kept(
                event_id=each.event_id,
                family_id=each.family_id,
                record_id=each.record_id,
                author_id=each.author_id,
                at=at,
                line=each.line,
                seq=None,
                outcome=outcome,
            )
            for each, outcome in zip(chain, outcomes, strict=True)
        ]
        events.keep(connection, self.council.id, kept)
        return outcomes

    def _tell(self, connection: Connection, chain: Sequence[Lying], outcomes: Sequence[Outcome]) -> None:
        """Put the decision where the rounds of the laptop that wrote it find it, or of its author's next one."""
        number, told = tray.number_at(self.council.now()), self.council.at()
        made: dict[str, list[Decision]] = {}
        for each, outcome in zip(chain, outcomes, strict=True):
            event = incoming.event_of(each.line)
            if event is None:
                raise Declined("failure")
            told_to = laptops.to_tell(connection, self.council.id, event.device_id, event.author_id)
            made.setdefault(told_to, []).append(
                Decision(
                    number=number,
                    outcome=outcome,
                    by=self.caller.worker.id,
                    at=told,
                    comment=self.decide.comment.strip(),
                    event=None if self.decide.is_accepted else event,
                )
            )
        tray.decide(connection, self.council.id, made, self.event_id, accepted=self.decide.is_accepted)

    def _note(self, connection: Connection) -> None:
        what = "tray_accepted" if self.decide.is_accepted else "tray_returned"
        self.council.note(connection, self.caller, what, subject=self.event_id)


def _is_in_file(outcome: Outcome) -> bool:
    return outcome.receipt is not None and outcome.receipt.seq > 0


def _without_receipt(outcome: Outcome) -> Outcome:
    return Outcome(event_id=outcome.event_id, result=outcome.result, code=outcome.code, fields=outcome.fields)
