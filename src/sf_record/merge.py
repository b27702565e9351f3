"""Applies one event to one record: a pure function that the council runs and the laptop previews.

Nothing that anybody wrote is dropped: a value that does not become the record's value becomes a conflict on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sf_record.description import Kind
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.outcomes import CHANGED_BEFORE_SIGNED, Result
from sf_record.record import Amendment, Change, Conflict, InError, Record, Signature


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of an event: the record afterwards (None where it was refused or held), and why."""

    record: Record | None
    result: Result
    code: str = ""
    fields: tuple[str, ...] = ()


def apply(record: Record | None, event: Event, seq: int) -> Applied:
    """Apply an event to the record as it stands, under the council's number ``seq`` (0 on a laptop).

    Permission and validity are asked elsewhere; here are the rules of the record's own life.
    """
    if event.is_signing and not _is_signable(event.kind):
        return _refused("not_signable")
    if event.action is Action.CREATE:
        return _create(record, event, seq)
    if record is None:
        # Its author saw it under a number: a council restored from an older copy gets it again, and then this.
        return _held("predecessor_missing") if event.previous or event.base_seq else _refused("record_missing")
    if seq and event.base_seq > record.seq:
        return _held("predecessor_missing")  # so it was forgotten as its author saw it: that comes again first
    return _ACTIONS[event.action](record, event, seq)


def _refused(code: str) -> Applied:
    return Applied(None, Result.REFUSED, code)


def _held(code: str) -> Applied:
    return Applied(None, Result.HELD, code)


def _create(record: Record | None, event: Event, seq: int) -> Applied:
    if record is not None:
        # Two people began one register with no signal: theirs is put together with what stands, as a change is.
        met = _met(record, event, seq) if _is_about_the_same(record, event) else None
        return met or _refused("already_exists")
    return Applied(
        Record(
            id=event.record_id,
            family_id=event.family_id,
            kind=event.kind,
            seq=seq,
            author_id=event.author_id,
            written_at=event.written_at,
            body=dict(event.fields),
            signed=_signature(event),
        ),
        Result.ACCEPTED,
    )


def _change(record: Record, event: Event, seq: int) -> Applied:
    if record.in_error is not None:
        # Marked in error on one laptop, edited on another while offline: it is not silently brought back. Of a register
        # whose marks were taken away, or which stands in another record, whom somebody else marked stands all the same.
        return _met(record, event, seq) or _keep_all_as_conflicts(record, event, seq, "in_error")
    if record.signed is not None:
        # Signed by its author while somebody else had it open: the signed text stands, theirs is kept beside it.
        return _keep_all_as_conflicts(record, event, seq, "already_signed")
    if event.is_signing and event.author_id != record.author_id:
        return _refused("not_author")
    return _merge(record, event, seq)


def _met(record: Record, event: Event, seq: int) -> Applied | None:
    """Put together what two people wrote of one register; None of anything else, and where nobody would be on it."""
    described = KINDS.get(event.kind)
    if described is None or not described.is_met:
        return None
    marks = _marks(described)
    if record.in_error is not None:  # then none of its marks stand
        left = {name: value for name, value in record.body.items() if name not in marks}
        record = replace(record, body=left, in_error=None)
    met = _merge(record, event, seq)
    return met if met.record is not None and any(met.record.body.get(each) for each in marks) else None


def _is_about_the_same(record: Record, event: Event) -> bool:
    """Say whether who begins a record anew means this one: it may have been begun under an id of another day's."""
    described = KINDS.get(event.kind)
    asked = {each.name for each in described.fields if each.is_required} - _marks(described) if described else ()
    return all(_same(record.body.get(each), event.fields.get(each)) for each in asked)


def _marks(described: Kind) -> frozenset[str]:
    """Return the fields whose rows or people merge one by one."""
    return frozenset(each.name for each in described.fields if each.merges_by) | set(described.shares_out)


def _merge(record: Record, event: Event, seq: int) -> Applied:
    body = dict(record.body)
    changes = dict(record.changes)
    conflicts = list(record.conflicts)
    in_conflict: list[str] = []
    one_by_one = _rows_together(record, event) | _people_together(record, event)
    for name in dict.fromkeys((*event.fields, *one_by_one)):
        mine, theirs, base = event.fields.get(name), record.body.get(name), event.was.get(name)
        if name in one_by_one:
            stands, mine = one_by_one[name]
        elif _same(theirs, mine):
            continue  # both wrote the same: nothing to do
        elif _same(theirs, base) and not _moved_under_safeguarding(record, event, name):
            stands = mine  # nobody else touched it
        else:
            stands = theirs
        if not _same(theirs, stands):
            body[name] = stands
            changes[name] = Change(by=event.author_id, at=event.written_at, seq=seq)
        if not _same(stands, mine):
            conflicts.append(replace(_conflict(record, event, name), mine=mine, theirs=stands))
            in_conflict.append(name)
    after = replace(record, seq=seq, body=body, changes=changes, conflicts=tuple(conflicts))
    if in_conflict:
        return Applied(after, Result.CONFLICT, "same_field_changed", tuple(in_conflict))
    result = Result.MERGED if record.seq > event.base_seq and seq > 0 else Result.ACCEPTED
    return _signed(after, event, result) if event.is_signing else Applied(after, result)


_Pair = tuple[Any, Any]  # what stands after two people's answers met, and what stands where mine are chosen


def _rows_together(record: Record, event: Event) -> dict[str, _Pair]:
    """Put both people's rows together, of the fields whose rows something tells apart."""
    described = KINDS.get(event.kind)
    made: dict[str, _Pair] = {}
    for name, mine in event.fields.items():
        field = described.by_name.get(name) if described else None
        if field is None or not field.merges_by:
            continue
        three = [_rows_by(field.merges_by, rows) for rows in (event.was.get(name), record.body.get(name), mine)]
        was, there, here = three
        if was is None or there is None or here is None:
            continue
        stands, kept = _together(was, there, here)
        if stands and kept:
            made[name] = (list(stands.values()), list(kept.values()))
    return made


def _people_together(record: Record, event: Event) -> dict[str, _Pair]:
    """Put together who stands where, of the fields among which each person stands once: who came, who did not."""
    described = KINDS.get(event.kind)
    names = described.shares_out if described else ()
    changed = [each for each in names if each in event.fields]
    three = _places(event.was, changed), _places(record.body, names), _places(event.fields, changed)
    was, there, here = three
    if not changed or was is None or there is None or here is None:
        return {}
    stands, kept = _together(was, there, here)
    if not stands or not kept:
        return {}
    disputed = [each for each in there.keys() | here.keys() | was.keys() if stands.get(each) != kept.get(each)]
    asked = {kept.get(each) or stands.get(each) for each in disputed}  # whoever chooses mine there moves them
    pairs = {each: (_standing_in(each, stands), _standing_in(each, kept)) for each in names}
    return {
        each: (one, other if each in asked else one)
        for each, (one, other) in pairs.items()
        if each in asked or each in changed
    }


def _together(
    was: Mapping[str, Any], there: Mapping[str, Any], here: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Look at each by itself: changed by one of two, it stands so; by both and not alike, each has their own."""
    stands: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    for key in dict.fromkeys((*there, *here)):
        one, other, before = there.get(key), here.get(key), was.get(key)
        if _same(other, before) or _same(one, other):
            mine = one
        elif _same(one, before):
            one = mine = other
        else:
            mine = other
        stands |= {} if one is None else {key: one}
        kept |= {} if mine is None else {key: mine}
    return stands, kept


def _places(body: Mapping[str, Any], names: Iterable[str]) -> dict[str, str] | None:
    """Return in which of some fields each person stands; None where somebody stands twice."""
    found = [(str(person), name) for name in names for person in body.get(name) or ()]
    return dict(found) if len(dict(found)) == len(found) else None


def _standing_in(name: str, places: Mapping[str, str]) -> list[str] | None:
    return [person for person, place in places.items() if place == name] or None


def _rows_by(key: str, rows: Any) -> dict[str, Any] | None:
    """Return rows by what tells them apart; None where it does not."""
    listed = list(rows or ())
    if not all(isinstance(each, Mapping) and each.get(key) for each in listed):
        return None
    found = {str(each[key]): each for each in listed}
    return found if len(found) == len(listed) else None


def _moved_under_safeguarding(record: Record, event: Event, name: str) -> bool:
    """Say whether another safeguarding field was changed by somebody else since: such fields are read together."""
    if not _is_safeguarding(event.kind, name):
        return False
    return any(
        change.seq > event.base_seq > 0 and change.by != event.author_id and _is_safeguarding(event.kind, other)
        for other, change in record.changes.items()
    )


def _keep_all_as_conflicts(record: Record, event: Event, seq: int, code: str) -> Applied:
    names = tuple(name for name, mine in event.fields.items() if not _same(record.body.get(name), mine))
    if not names:
        return Applied(replace(record, seq=seq), Result.ACCEPTED)
    kept = tuple(_conflict(record, event, name) for name in names)
    return Applied(replace(record, seq=seq, conflicts=record.conflicts + kept), Result.CONFLICT, code, names)


def _conflict(record: Record, event: Event, name: str) -> Conflict:
    last = record.changes.get(name) or Change(by=record.author_id, at=record.written_at)
    return Conflict(
        id=f"{event.id}:{name}",
        field=name,
        mine=event.fields.get(name),
        theirs=record.body.get(name),
        base=event.was.get(name),
        by=event.author_id,
        at=event.written_at,
        their_by=last.by,
        their_at=last.at,
    )


def _sign(record: Record, event: Event, seq: int) -> Applied:
    if not _is_signable(event.kind):
        return _refused("not_signable")
    if record.in_error is not None:
        return _refused("in_error")
    if record.author_id != event.author_id:
        return _refused("not_author")
    if record.signed is not None:
        return _refused("already_signed")
    return _signed(replace(record, seq=seq), event, Result.ACCEPTED)


def _signed(record: Record, event: Event, result: Result) -> Applied:
    """Sign what stands. Where a conflict does, somebody settles it first; where somebody else changed what its author
    had not seen, its author reads that first: nobody's name stands under what they have not read.
    """
    fields = tuple(dict.fromkeys(each.field for each in record.conflicts))
    if fields:
        return Applied(record, Result.CONFLICT, "same_field_changed", fields)
    fields = tuple(
        name
        for name, change in record.changes.items()
        if change.seq > event.base_seq and change.by != event.author_id
        if name not in event.fields or not _same(event.fields[name], record.body.get(name))
    )
    if fields:
        return Applied(record, Result.MERGED, CHANGED_BEFORE_SIGNED, fields)
    return Applied(replace(record, signed=Signature(by=event.author_id, at=event.written_at)), result)


def _amend(record: Record, event: Event, seq: int) -> Applied:
    if record.signed is None:
        return _refused("not_signed")
    if record.in_error is not None:
        return _refused("in_error")
    amendment = Amendment(id=event.id, text=event.text, by=event.author_id, at=event.written_at)
    return Applied(replace(record, seq=seq, amendments=(*record.amendments, amendment)), Result.ACCEPTED)


def _enter_in_error(record: Record, event: Event, seq: int) -> Applied:
    if record.in_error is not None:
        return Applied(replace(record, seq=seq), Result.ACCEPTED)  # two people saw the same mistake
    left = _marked_since(record, event)
    if left:
        body = {**record.body, **left}
        changed = dict.fromkeys(
            changed_fields(record.body, body)[0], Change(by=event.author_id, at=event.written_at, seq=seq)
        )
        return Applied(replace(record, seq=seq, body=body, changes={**record.changes, **changed}), Result.MERGED)
    mark = InError(by=event.author_id, at=event.written_at, reason=event.reason)
    return Applied(replace(record, seq=seq, in_error=mark), Result.ACCEPTED)


def _marked_since(record: Record, event: Event) -> dict[str, Any]:
    """Return what is left of a register without the marks that its author saw; empty where nobody, or of anything else.

    A program one version older does not say what its author saw: with its event all of a register goes.
    """
    seen = marks_of(event.kind, event.was)
    described = KINDS.get(event.kind)
    if not seen or described is None:
        return {}
    left: dict[str, Any] = {}
    for field in described.fields:
        if field.merges_by:
            there, was = (_rows_by(field.merges_by, body.get(field.name)) for body in (record.body, seen))
            if there is None or was is None:
                return {}
            left[field.name] = [row for key, row in there.items() if not _same(row, was.get(key))] or None
    there, was = (_places(body, described.shares_out) for body in (record.body, seen))
    if there is None or was is None:
        return {}
    placed = {person: name for person, name in there.items() if was.get(person) != name}
    left |= {name: _standing_in(name, placed) for name in described.shares_out}
    return left if any(left.values()) else {}


def _settle(record: Record, event: Event, seq: int) -> Applied:
    settled = next((each for each in record.conflicts if each.id == event.conflict_id), None)
    if settled is None:
        return _refused("conflict_unknown")
    left = tuple(each for each in record.conflicts if each is not settled)
    body = dict(record.body)
    changes = dict(record.changes)
    if settled.field in event.fields and not _same(body.get(settled.field), event.fields[settled.field]):
        if event.was and not _same(body.get(settled.field), event.was.get(settled.field)):
            # While somebody chose between two values a third came: the choice waits beside it, nothing is overwritten.
            kept = _conflict(record, event, settled.field)
            after = replace(record, seq=seq, conflicts=(*left, kept))
            return Applied(after, Result.CONFLICT, "same_field_changed", (settled.field,))
        if record.signed is not None or record.in_error is not None:
            return _refused("already_signed" if record.signed else "in_error")
        stood, body = body, laid_over(record.kind, body, {settled.field: event.fields[settled.field]})
        changed = Change(by=event.author_id, at=event.written_at, seq=seq)
        changes |= dict.fromkeys(changed_fields(stood, body)[0], changed)
    return Applied(replace(record, seq=seq, body=body, changes=changes, conflicts=left), Result.ACCEPTED)


_ACTIONS = {
    Action.CHANGE: _change,
    Action.SIGN: _sign,
    Action.AMEND: _amend,
    Action.ENTER_IN_ERROR: _enter_in_error,
    Action.SETTLE: _settle,
}


def _signature(event: Event) -> Signature | None:
    return Signature(by=event.author_id, at=event.written_at) if event.is_signing else None


def _is_signable(kind: str) -> bool:
    described = KINDS.get(kind)
    return described is not None and described.is_signable


def _is_safeguarding(kind: str, name: str) -> bool:
    described = KINDS.get(kind)
    field = described.by_name.get(name) if described else None
    return field is not None and field.is_safeguarding


def _same(one: Any, other: Any) -> bool:
    """Compare JSON values; an absent value and an empty one are the same."""
    return bool(_settled(one) == _settled(other))


def _settled(value: Any) -> Any:
    if value in (None, "", [], ()):
        return None
    if isinstance(value, list | tuple):
        return [_settled(each) for each in value]
    if isinstance(value, Mapping):
        return {key: settled for key, each in value.items() if (settled := _settled(each)) is not None}
    return value


def laid_over(kind: str, body: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with some fields written anew: whoever stands in one of them stands in none that shares with it."""
    described = KINDS.get(kind)
    made = {**body, **fields}
    shared = described.shares_out if described else ()
    placed = {str(person) for name in shared if name in fields for person in fields[name] or ()}
    for name in shared:
        if name not in fields and placed.intersection(map(str, body.get(name) or ())):
            made[name] = [each for each in body[name] if each not in placed] or None
    return made


def marks_of(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the body of a register says of people, by field; empty for a kind that two people do not begin."""
    described = KINDS.get(kind)
    if described is None or not described.is_met:
        return {}
    return {name: body[name] for name in sorted(_marks(described)) if body.get(name)}


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return ``(fields, was)`` for a CHANGE event that turns one body into the other; a cleared field becomes None."""
    names = [name for name in (before.keys() | after.keys()) if not _same(before.get(name), after.get(name))]
    names.sort()
    return {name: after.get(name) for name in names}, {name: before.get(name) for name in names}
