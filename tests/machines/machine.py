"""Two or three laptops and a council as people use them, cut and reconnected, given to somebody else, put back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Connection, select

from sf_council.database.family import events, families, stream
from sf_council.database.tables import holding
from sf_desktop.ops import writing
from sf_desktop.ops.activities import registering
from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.drafts.begun import keep_begun
from sf_desktop.ops.families import allocating
from sf_desktop.ops.records import mending, notes
from sf_desktop.ops.sending import conflicts
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import drafts, records
from sf_desktop.store.tables import families as cursors
from sf_desktop.store.tables.outbox import State
from sf_desktop.sync.failures import AnswerError
from sf_record.errors import SfError
from sf_record.ids import id_about
from sf_record.record import Record
from sf_record.wire.tray import Decide
from tests.builders.laptops import Laptop
from tests.builders.written import drafts_begun, settle
from tests.fakes.council import PASSWORD
from tests.machines.oracle import Oracle
from tests.machines.place import Place
from tests.machines.settled import TWO, Seat

THIRDS = st.sampled_from([None, Seat.AGAIN, Seat.COLLEAGUE])
WHO = st.integers(0, 5)
"""Of two laptops or of three: 6 is a multiple of both."""
WHICH = st.integers(0, 50)
FIELDS = st.sampled_from(["text", "subject"])
A_WHILE_S = 3_700
"""After which nobody is in the middle of what was begun, and every token has to be renewed."""

ACTIVITY, DAY = "play", "2026-11-23"

A_WEEK_S = 7 * 24 * 3_600 + 1


class Laptops(RuleBasedStateMachine):
    """A practitioner and a supervisor who write about the same family, and perhaps a third laptop."""

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle()
        self.notes: list[str] = []
        self.earlier: dict[tuple[str, str], list[str]] = {}
        self.saved: Path | None = None
        self.kept: set[Seat] = set()
        self.unaware: set[Seat] = set()

    @initialize(third=THIRDS)
    def settle_in(self, third: Seat | None = None) -> None:
        self.seats = TWO if third is None else (*TWO, third)
        Place.begin(self.seats)
        self.town = Place.town
        self.council, self.clock, self.family_id = self.town.council, self.town.clock, self.town.family_id

    @property
    def laptops(self) -> list[Laptop]:
        return [self.town.laptops[each] for each in self.seats]

    def _laptop(self, who: int) -> Laptop:
        return self.laptops[who % len(self.seats)]

    @property
    def _supervisors(self) -> Laptop:
        return self.town.laptops[Seat.SUPERVISOR]

    # --- what people write ---------------------------------------------------------------------------------------

    @rule(who=WHO, sign=st.booleans())
    def write(self, who: int, sign: bool) -> None:
        self.clock.forward(1)
        words = self.oracle.sentence()
        try:
            self.notes.append(self._laptop(who).note(words, self.family_id, sign=sign))
        except SfError:
            self.oracle.typed.discard(words)  # the file has left this laptop: it was never saved

    @rule(who=WHO, which=WHICH, name=FIELDS)
    def change(self, who: int, which: int, name: str) -> None:
        self._on(who, which, self._change, name)

    def _change(self, laptop: Laptop, record: Record, name: str) -> None:
        words = self.oracle.sentence()
        try:
            laptop.change(record.id, **{name: words})
        except SfError:
            self.oracle.typed.discard(words)  # it was refused before it was saved, and is still in the form
            raise
        self._replaced(record, name)

    @rule(who=WHO, which=WHICH, name=FIELDS, back=st.integers(0, 3))
    def bring_back(self, who: int, which: int, name: str, back: int) -> None:
        """Choose in its history what stood in a field before."""
        self._on(who, which, self._bring_back, name, back)

    def _bring_back(self, laptop: Laptop, record: Record, name: str, back: int) -> None:
        stood = self.earlier.get((record.id, name))
        if stood:
            laptop.do(writing.restore, record.id, name, stood[back % len(stood)], "Pretend reason")
            self._replaced(record, name)

    @rule(who=WHO, which=WHICH)
    def sign(self, who: int, which: int) -> None:
        self._on(who, which, lambda laptop, record: laptop.do(writing.sign, record.id))

    @rule(who=WHO, which=WHICH)
    def amend(self, who: int, which: int) -> None:
        words = self.oracle.sentence()
        if not self._on(who, which, lambda laptop, record: laptop.do(writing.amend, record.id, words)):
            self.oracle.typed.discard(words)

    @rule(who=WHO, which=WHICH)
    def enter_in_error(self, who: int, which: int) -> None:
        self._on(who, which, lambda laptop, record: laptop.do(writing.enter_in_error, record.id, "Pretend mistake"))

    @rule(who=WHO, which=WHICH, keep_mine=st.booleans())
    def settle(self, who: int, which: int, keep_mine: bool) -> None:
        self._on(who, which, self._settle, keep_mine)

    def _settle(self, laptop: Laptop, record: Record, keep_mine: bool) -> None:
        if record.conflicts:
            conflict = record.conflicts[0]
            laptop.do(settle, record.id, conflict.id, keep_mine=keep_mine, reason="Pretend reason")
            self.oracle.replaced(record.body.get(conflict.field) if keep_mine else conflict.mine)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        """Take back what was settled last and has not been sent."""
        laptop = self._laptop(who)
        for each in laptop.do(conflicts.settled_here)[:1]:
            with suppress(SfError):
                laptop.do(conflicts.undo, each.event_id)

    @rule(who=WHO, whom=st.integers(0, 1), came=st.sampled_from([True, False, None]))
    def mark(self, who: int, whom: int, came: bool | None) -> None:
        """Keep the register of one day: whoever begins it with no signal begins the same one."""
        self.clock.forward(1)
        laptop = self._laptop(who)
        people = sorted(each.id for each in laptop.read(records.of_family, self.family_id, ("person",)))
        if people:
            with suppress(SfError):
                laptop.do(registering.keep_register, ACTIVITY, DAY, {people[whom % len(people)]: came})

    def _on(self, who: int, which: int, act: Any, *more: Any) -> bool:
        """Do something to a note as this laptop shows it; what the verbs refuse is simply not done."""
        self.clock.forward(1)
        laptop = self._laptop(who)
        here = [each for each in self.notes if laptop.find(each) is not None]
        if not here:
            return False
        with suppress(SfError):
            act(laptop, laptop.record(here[which % len(here)]), *more)
            return True
        return False

    def _replaced(self, record: Record, name: str) -> None:
        seen = record.body.get(name)
        self.oracle.replaced(seen)
        if isinstance(seen, str):
            self.earlier.setdefault((record.id, name), []).append(seen)

    # --- what they begin, and what was not taken -----------------------------------------------------------------

    @rule(who=WHO)
    def begin(self, who: int) -> None:
        self.clock.forward(1)
        laptop = self._laptop(who)
        if self.family_id in laptop.families():
            self.notes.append(laptop.do(notes.start_note, self.family_id, text=self.oracle.sentence()).id)

    @rule(who=WHO, which=WHICH, name=FIELDS)
    def begin_change(self, who: int, which: int, name: str) -> None:
        self._on(who, which, self._begin_change, name)

    def _begin_change(self, laptop: Laptop, record: Record, name: str) -> None:
        draft = laptop.do(drafting.begin_change, record.id)
        self.oracle.untyped([draft.body.get(name)] if draft.body.get(name) != draft.base.get(name) else [])
        laptop.do(drafting.save, draft.id, {**draft.body, name: self.oracle.sentence()})
        self.notes.append(draft.id)  # of a record that is signed by now it becomes a note of its own, where it leaves

    @rule(who=WHO, which=WHICH, sign=st.booleans())
    def finish(self, who: int, which: int, sign: bool) -> None:
        self.clock.forward(1)
        laptop = self._laptop(who)
        begun = laptop.do(drafts_begun)
        if begun:
            draft = begun[which % len(begun)]
            with suppress(SfError):
                laptop.do(finishing.finish, draft.id, sign=sign)
                for name, seen in draft.base.items() if draft.record_id else ():
                    if draft.body.get(name) != seen:
                        self.oracle.replaced(seen)

    @rule(who=WHO, which=WHICH, how=st.sampled_from(["again", "copy", "give up"]))
    def mend(self, who: int, which: int, how: str) -> None:
        """Deal with what the council did not take."""
        self.clock.forward(1)
        laptop = self._laptop(who)
        needing = laptop.do(mending.not_taken)
        if not needing:
            return
        event_id = needing[which % len(needing)].event_id
        with suppress(SfError):
            if how == "give up":
                event = laptop.entry(event_id).event
                laptop.do(mending.give_up, event_id, "Pretend reason")
                self.oracle.untyped([event])
            else:
                verb = mending.write_again if how == "again" else mending.copy_to_note
                self.notes.append(laptop.do(verb, event_id).id)

    # --- the way to the council ----------------------------------------------------------------------------------

    @rule(who=WHO)
    def meet(self, who: int) -> None:
        """Exchange rounds; sign in again where a restored council no longer knows the sign-in."""
        self.clock.forward(1)  # what is answered at one moment is known to be from one answer
        laptop = self._laptop(who)
        self._round(laptop)
        self.unaware.discard(self.seats[who % len(self.seats)])
        if laptop.vault.standing is not Standing.SOUND:
            laptop.vault.standing = Standing.SOUND  # the council was asked: what waits may leave
            self._round(laptop)

    def _round(self, laptop: Laptop) -> None:
        if refused := self._refused(laptop):
            if refused.code == "sign_in_expired":
                laptop.session.sign_in(PASSWORD)
                refused = self._refused(laptop)
            said = refused and f"{refused.code}, status {refused.failure.status}, {refused.failure.is_unreached=}"
            assert not refused, said

    def _refused(self, laptop: Laptop) -> AnswerError | None:
        try:
            laptop.round()
        except AnswerError as error:
            return error
        return None

    @rule(who=WHO, after=st.integers(0, 4_000), is_up=st.booleans())
    def cut(self, who: int, after: int, is_up: bool) -> None:
        self.clock.forward(1)
        with self.town.network.cut(up=after if is_up else None, down=None if is_up else after):
            self._laptop(who).try_round()

    @rule(who=WHO)
    def restart(self, who: int) -> None:
        self._laptop(who).connect()

    @rule()
    def wait(self) -> None:
        self.clock.forward(A_WHILE_S)

    # --- who has the file ----------------------------------------------------------------------------------------

    @rule()
    def give_away(self) -> None:
        self.council.allocate(self.family_id, "colleague")

    @rule()
    def give_back(self) -> None:
        self.council.allocate(self.family_id, "practitioner")

    @rule(lead=st.sampled_from(["practitioner", "colleague"]), is_shared=st.booleans())
    def allocate(self, lead: str, is_shared: bool) -> None:
        """The supervisor says who works with the family, with or without a signal."""
        ids = {each: self.council.worker(each).id for each in ("practitioner", "colleague")}
        lead_id = ids.pop(lead)
        laptop = self._supervisors
        with suppress(SfError):
            seen = laptop.do(allocating.allocated, self.family_id)
            laptop.do(allocating.allocate, seen, lead_id, tuple(ids.values()) if is_shared else ())

    @rule()
    def close(self) -> None:
        with suppress(SfError):
            self._supervisors.do(allocating.close_file, self.family_id)

    @rule(which=WHICH, is_accepted=st.booleans())
    def decide(self, which: int, is_accepted: bool) -> None:
        """The supervisor places what lies in the holding tray, or returns it."""
        self.clock.forward(1)
        session = self._supervisors.session
        with suppress(AnswerError):  # a restored council wants a sign-in first
            lying = session.holding()
            if lying:
                decision = Decide(is_accepted=is_accepted, comment="Pretend comment.")
                session.decide(lying[which % len(lying)].event_id, decision)

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        """Destroy what may leave this laptop."""
        laptop = self._laptop(who)
        before = _written(laptop)
        if laptop.vault.standing is Standing.SOUND and laptop.do(_destroyed):
            self.saved = None  # what the copy lacks of it nobody has any more
            if self.seats[who % len(self.seats)] in self.unaware:
                self._went_with_it(before - _written(laptop))  # no laptop can know what was put back since it asked

    # --- what is put back ----------------------------------------------------------------------------------------

    @precondition(lambda self: self.saved is None)
    @rule()
    def back_up(self) -> None:
        self.saved = self.council.backup()

    @precondition(lambda self: self.saved is not None)
    @rule()
    def restore(self) -> None:
        """Put the copy back. What the council forgot it must get again from the laptops."""
        assert self.saved is not None
        self.council.restore(self.saved)
        self.unaware = set(self.seats)

    @rule(who=WHO)
    def copy_disk(self, who: int) -> None:
        seat = self.seats[who % len(self.seats)]
        if self.town.laptops[seat].vault.standing is Standing.SOUND:
            self.town.copy(seat)
            self.kept.add(seat)

    @rule(who=WHO)
    def put_disk_back(self, who: int) -> None:
        """An older copy of a laptop's disk. What was never sent since is in its sealed file."""
        seat = self.seats[who % len(self.seats)]
        if seat not in self.kept:
            return
        before = _written(self.town.laptops[seat])
        self.town.put_back(seat)
        laptop = self.town.laptops[seat]
        laptop.vault.standing = Standing.ROLLED_BACK
        self._went_with_it(before - _written(laptop))
        self.saved = None  # what the copy lacks of it only the laptop's sealed file still has

    def _went_with_it(self, gone: set[tuple[str, str]]) -> None:
        at_council = self.council.do(lambda c: events.answered(c, self.council.council.id, [key for key, _ in gone]))
        self.oracle.untyped(words for key, words in gone if key not in at_council)

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def the_status_is_true(self) -> None:
        for laptop in self.laptops:
            counts = laptop.counts()
            without = [each for each in laptop.events() if each.receipt_at is None and each.state != "set_aside"]
            assert counts.unreceipted == len(without)

    def teardown(self) -> None:
        self.give_back()
        self._all_meet(1)
        self.clock.forward(A_WEEK_S)  # what waits for somebody's forgotten work waits no longer
        self._all_meet(1)
        self.give_back()  # whatever the supervisor decided without a signal
        if Seat.COLLEAGUE in self.seats:
            self.council.do(self._give_to_colleague_too)
        self._all_meet(3)
        self._look()
        Place.held += 1

    def _all_meet(self, times: int) -> None:
        for who in [*range(len(self.seats))] * times:
            self.meet(who)

    def _give_to_colleague_too(self, connection: Connection) -> None:
        council_id, worker = self.council.council.id, self.council.worker_in(connection, "colleague")
        stream.allow(connection, council_id, self.family_id, worker.id, self.clock.now(), by=council_id)

    def _look(self) -> None:
        for laptop in self.laptops:
            assert not laptop.waiting(), f"waits for ever: {_waiting(laptop)}"
            standing = laptop.read(cursors.standing, self.family_id)
            assert standing is not None, "the file is not here"
            assert standing.is_complete, "the file is never whole again"
        tray = self.council.do(lambda connection: _lines_in_tray(connection, self.family_id))
        apart = {each for laptop in self.laptops for each in _apart(laptop)}
        decided = [each for each in self.notes if each not in apart and not any(each.encode() in line for line in tray)]
        register = id_about(self.family_id, "attendance", ACTIVITY, DAY)
        decided += [] if register in apart or any(register.encode() in line for line in tray) else [register]
        for other in self.laptops[1:]:
            differing = _differing(self.laptops[0], other, decided)
            assert not differing, f"not the same: {differing}"
        for laptop in self.laptops:
            assert len(_kept_registers(laptop)) <= 1, "two registers of one day"
            for each in _kept_registers(laptop):
                assert not set(each.body.get("came") or ()) & set(each.body.get("away") or ()), "came and did not come"
        history = [entry.event for each in self._known() for entry in self._history(each)]
        needing = [each for laptop in self.laptops for each in _needing(laptop)]
        missing = self.oracle.missing(shown(self.laptops[0], self.notes).values(), history, [*needing, *tray])
        assert not missing, f"nowhere: {sorted(missing)}"

    def _known(self) -> list[str]:
        """Return the notes that the council has: what was only ever written while the file was away has no history."""
        council_id = self.council.council.id
        known = self.council.do(lambda connection: families.owners(connection, council_id, self.notes))
        return [each for each in self.notes if each in known]

    def _history(self, record_id: str) -> tuple[Any, ...]:
        is_there = any(laptop.find(record_id) for laptop in self.laptops)
        return self.laptops[0].session.history(self.family_id, record_id) if is_there else ()


def _destroyed(office: Any) -> bool:
    """Let go what may leave, as the program does between two rounds; say whether anything was destroyed."""
    connection = office.connection
    keep_begun(office)
    while release.step(connection, office.now(), office.today().isoformat()).is_more:
        pass
    gone = release.destroyed_ids(connection)
    if gone:
        release.rekeyed(connection, gone, 1, office.new_id(), office.now(), office.now())
    return bool(gone)


def _written(laptop: Laptop) -> set[tuple[str, str]]:
    """Return what was written on a laptop and what is begun there, each with its id."""
    written = {(each.event.id, repr(each.event)) for each in laptop.events()}
    return written | {(each.id, repr(each)) for each in laptop.read(drafts.current)}


def _kept_registers(laptop: Laptop) -> list[Record]:
    kept = laptop.read(records.of_kind, "attendance")
    return [each for each in kept if (each.body.get("activity"), each.body.get("held_on")) == (ACTIVITY, DAY)]


def _needing(laptop: Laptop) -> list[Any]:
    """Return what is begun on a laptop, and what the council has not taken."""
    not_taken = [each.event for each in laptop.events() if each.receipt_at is None or each.state is State.NEEDS_YOU]
    return [*not_taken, *laptop.read(drafts.current)]


def _waiting(laptop: Laptop) -> list[tuple[str, str]]:
    return [(each.event.action.value, each.code) for each in laptop.events() if each.state is State.WAITING]


def _differing(one: Laptop, other: Laptop, record_ids: list[str]) -> list[tuple[Record | None, Record | None]]:
    pairs = ((one.find(each), other.find(each)) for each in record_ids)
    return [(mine, theirs) for mine, theirs in pairs if mine != theirs]


_NOT_TAKEN = {"not_yours", "predecessor_forgotten", "predecessor_refused"}


def _apart(laptop: Laptop) -> set[str]:
    """Return the records that show here what the council does not take, until their author has dealt with that."""
    needing = [each for each in laptop.events() if each.state is State.NEEDS_YOU]
    return {each.event.record_id for each in needing if each.code in _NOT_TAKEN}


def _lines_in_tray(connection: Connection, family_id: str) -> list[bytes]:
    """Return what was written on a file while it was somebody else's: the supervisor has it."""
    asked = select(holding.c.line).where(holding.c.family_id == family_id)
    return [bytes(line) for line in connection.scalars(asked)]


def shown(laptop: Laptop, record_ids: list[str]) -> dict[str, Record]:
    return {each: record for each in record_ids if (record := laptop.find(each)) is not None}
