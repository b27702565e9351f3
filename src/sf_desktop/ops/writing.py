"""Turns what a person did into an event: into the outbox, sealed, and laid over what is shown, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sf_desktop.ops.office import Done, Office, day_of, done, next_day
from sf_desktop.store.changes import of_event
from sf_desktop.store.lease import tenures
from sf_desktop.store.queries import projection
from sf_desktop.store.tables import families, outbox, records
from sf_desktop.wording import error, input_error
from sf_record.description import PROSE_CHARACTERS, Role
from sf_record.errors import FieldProblem
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.merge import changed_fields, laid_over, marks_of
from sf_record.outcomes import REASONS
from sf_record.record import Conflict, Record
from sf_record.rules import agreements, sameness, validation
from sf_record.rules.permissions import Standing, may_change_field, may_do

CLOSED_ON = "closed_on"  # of a family file and of a group's
SAY_WHY = "Say why you chose this one"
SAY_WHY_IN_ERROR, SAY_WHY_TWO = "Say why this was entered in error", "Say how you know that they are two people"

Body = Mapping[str, Any]


def create(
    office: Office,
    kind: str,
    family_id: str,
    body: Body,
    *,
    record_id: str = "",
    sign: bool = False,
    stood_before: bool = False,
) -> Done:
    """Write a new record; InputError with every field at fault.

    What stood in a file before, and is brought in, is not held against the others of its kind: it stood beside them.
    """
    record_id = record_id or office.new_id()
    check(office, kind, body, sign=sign, family_id="" if stood_before else family_id, record_id=record_id)
    made = new_event(office, Action.CREATE, kind, family_id, record_id, fields=clean(body), is_signing=sign)
    return _do(office, made)


def change(
    office: Office,
    record_id: str,
    body: Body,
    *,
    base: Body | None = None,
    base_seq: int | None = None,
    sign: bool = False,
) -> Done:
    """Change a record into ``body``, having seen ``base`` under the council's number (as it is now, without these)."""
    record = found(office, record_id)
    seq = record.seq if base_seq is None else min(base_seq, record.seq)
    seen = record.body if base is None else base
    # What the form does not know (a newer program's fields) stays as it is.
    known = _names(record)
    fields, was = changed_fields(seen, {name: value for name, value in seen.items() if name not in known} | clean(body))
    if not fields and not sign:
        return Done(record_id=record_id)
    body = laid_over(record.kind, record.body, fields)
    check(office, record.kind, body, sign=sign, family_id=record.family_id, record_id=record.id)
    more = {"fields": fields, "was": was, "is_signing": sign}
    return _do(office, _on(office, Action.CHANGE, replace(record, seq=seq), **more))


def sign(office: Office, record_id: str) -> Done:
    """Sign a record as it stands."""
    record = found(office, record_id)
    check(office, record.kind, record.body, sign=True, family_id=record.family_id, record_id=record.id)
    return _do(office, _on(office, Action.SIGN, record))


def amend(office: Office, record_id: str, text: str) -> Done:
    """Add to a signed record."""
    text = required(text, "text", "Write what you want to add")
    return _do(office, _on(office, Action.AMEND, found(office, record_id), text=text))


def enter_in_error(office: Office, record_id: str, reason: str) -> Done:
    """Mark a record as entered in error: it stays readable, and counts for nothing.

    Of a register only the marks that stand here go: whom a colleague marked meanwhile stands at the council.
    """
    record = found(office, record_id)
    reason = required(reason, "reason", SAY_WHY_TWO if record.kind == sameness.KIND else SAY_WHY_IN_ERROR)
    seen = marks_of(record.kind, record.body)
    return _do(office, _on(office, Action.ENTER_IN_ERROR, record, reason=reason, was=seen))


def settle_with(office: Office, record_id: str, conflict_id: str, value: Any, seen: Any, reason: str) -> Done:
    """Settle a conflict with one of its values or a third, having ``seen`` this one stand at the council.

    Where another stands there by now, the council keeps the choice beside it instead of overwriting what nobody saw.
    """
    reason = required(reason, "reason", SAY_WHY)
    record = found(office, record_id)
    field = conflict_of(record, conflict_id).field
    value = _trimmed(value)
    if value != seen:
        _check_field(office, record, field, value)
    choice = {"fields": {field: value}, "was": {field: seen}}
    event = _on(office, Action.SETTLE, record, conflict_id=conflict_id, reason=reason, **choice)
    return _do(office, event)


def restore(office: Office, record_id: str, field: str, value: Any, reason: str, seen: Body | None = None) -> Done:
    """Bring back what stood in a field before, as a new version; what is signed is amended instead.

    Where that is what waits beside it to be settled, this settles it. InputError where something else stands in its
    place by now than in the body that was ``seen`` (as it is now, without one).
    """
    reason = required(reason, "reason", "Say why this is brought back")
    record = found(office, record_id)
    if record.signed is not None or record.in_error is not None:
        raise error("already_signed" if record.signed else "in_error")
    if not may_restore(office, record.kind, field):
        raise error("not_allowed")
    fields, was = changed_fields(record.body, laid_over(record.kind, record.body, {field: value}))
    if seen is not None and any(seen.get(name) != stands for name, stands in was.items()):
        raise error("other_stands")
    for each in record.conflicts:
        if each.field == field and each.mine == value:
            return settle_with(office, record_id, each.id, value, record.body.get(field), reason)
    if not fields:
        raise error("stands_already")
    _check_field(office, record, field, value)
    return _do(office, _on(office, Action.CHANGE, record, fields=fields, was=was, reason=reason))


def may_restore(office: Office, kind: str, field: str) -> bool:
    """Say whether an earlier value of a field may be brought back: one that the role writes, and no day of closing.

    Closing a file also ends its allocations, and opening one gives it to somebody: brought back, the day would do
    neither.
    """
    return field != CLOSED_ON and may_change_field(office.me.worker, kind, field)


def conflict_of(record: Record, conflict_id: str) -> Conflict:
    """Return a conflict of a record; InputError where it has been settled already."""
    for each in record.conflicts:
        if each.id == conflict_id:
            return each
    raise error("settled_already")


def _check_field(office: Office, record: Record, field: str, value: Any) -> None:
    """Raise InputError with the problems that a new value of one field has; others are not this person's to mend."""
    body = laid_over(record.kind, record.body, {field: value})
    found = problems(office, record.kind, body, sign=False, family_id=record.family_id, record_id=record.id)
    found_problems = tuple(each for each in found if each.field.split(".")[0] == field)
    if found_problems:
        raise input_error("mend_form", found_problems)


def found(office: Office, record_id: str) -> Record:
    """Return a record as shown; InputError where it has left the laptop."""
    record = records.get(office.connection, record_id)
    if record is None:
        raise error("record_gone")
    return record


def check(office: Office, kind: str, body: Body, *, sign: bool, family_id: str = "", record_id: str = "") -> None:
    """Raise InputError with all problems of a body."""
    found_problems = problems(office, kind, body, sign=sign, family_id=family_id, record_id=record_id)
    if found_problems:
        raise input_error("mend_form", found_problems)


def problems(
    office: Office, kind: str, body: Body, *, sign: bool, family_id: str = "", record_id: str = ""
) -> tuple[FieldProblem, ...]:
    """Return all problems of a body, held against the codes of the day on which it happened.

    With its family file named, it is also held against the other records of its kind that stand there.
    """
    before = records.get(office.connection, record_id) if record_id else None
    rules = validation.Rules(
        codes=office.codes,
        on=_happened_on(office, kind, body),
        is_signing=sign,
        tomorrow=next_day(_latest_today(office)),
        before=before.body if before is not None else None,
    )
    wanted = clean(body)
    alone = validation.to_mend(kind, wanted, rules)
    if alone or not family_id:
        return alone
    return _problems_among(office, kind, wanted, family_id, record_id)


def _problems_among(office: Office, kind: str, body: Body, family_id: str, record_id: str) -> tuple[FieldProblem, ...]:
    if not validation.is_held_against_others(kind):
        return ()
    standing = [each for each in records.of_family(office.connection, family_id, (kind,)) if each.in_error is None]
    others = [each.body for each in standing if each.id != record_id]
    before = [each.body for each in standing if each.id == record_id]
    if any(validation.problems_among(kind, each, others) for each in before):
        return ()  # two laptops made it so; it may still be mended in other respects
    return validation.problems_among(kind, body, others)


def clean(body: Body) -> dict[str, Any]:
    """Return a body without its empty fields, and its texts without spaces around them."""
    kept = {name: _trimmed(value) for name, value in body.items()}
    return {name: value for name, value in kept.items() if value not in (None, "", [])}


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return clean(value)
    if isinstance(value, list | tuple):
        return [_trimmed(each) for each in value if each not in ("", {}, None)]
    return value


def _happened_on(office: Office, kind: str, body: Body) -> date:
    described = KINDS.get(kind)
    happened = body.get(described.happened) if described and described.happened else None
    return (day_of(happened) if isinstance(happened, str) else None) or office.today()


def _latest_today(office: Office) -> date:
    """Return the day on the wall, or the one that the council's time says where the wall clock is behind it."""
    known = tenures.seen(office.connection, office.clock)
    return office.today() if known is None else max(office.today(), known.highest.astimezone().date())


def required(text: str, field: str, message: str) -> str:
    """Return a text without spaces around it; InputError with the message where there is none, or why not this one."""
    text = text.strip()
    if len(text) > PROSE_CHARACTERS:
        message = f"No more than {PROSE_CHARACTERS:,} characters (this has {len(text):,})"
    elif "\x00" in text:
        message = "This holds a character that cannot be kept"
    elif text:
        return text
    raise input_error("mend_form", (FieldProblem(field, message),))


def _names(record: Record) -> frozenset[str]:
    described = KINDS.get(record.kind)
    return frozenset(described.by_name) if described else frozenset()


def _on(office: Office, action: Action, record: Record, **more: Any) -> Event:
    return new_event(office, action, record.kind, record.family_id, record.id, base_seq=record.seq, **more)


def new_event(office: Office, action: Action, kind: str, family_id: str, record_id: str, **more: Any) -> Event:
    """Return what was done, as this worker's next event on the record. It is not checked and not stored."""
    return Event(
        id=office.new_id(),
        action=action,
        family_id=family_id,
        record_id=record_id,
        kind=kind,
        author_id=office.me.worker.id,
        device_id=office.me.device_id,
        written_at=office.now(),
        previous=outbox.followed(office.connection, record_id),
        **more,
    )


def _do(office: Office, event: Event) -> Done:
    _require_family(office, event.family_id)
    record = records.get(office.connection, event.record_id)
    reason = may_do(office.me.worker, _standing(office), event, record) or _refusal(record, event)
    reason = reason or _not_agreed(office, event, record)
    if reason is not None:
        raise error(reason if reason in REASONS else "not_allowed")
    outbox.append(office.tx, event, event.written_at)
    projection.project(office.connection, event.record_id)
    return done(of_event(event), event.record_id)


def _refusal(record: Record | None, event: Event) -> str | None:
    """Return why the record's own rules do not allow an event, before anything is written."""
    after = projection.preview(record, event)
    return after.code if after.record is None else None


def _not_agreed(office: Office, event: Event, before: Record | None) -> str | None:
    """Return why the family's agreement does not allow this, as the council will judge it."""
    if not agreements.asks(event.kind):
        return None
    given = records.of_family(office.connection, event.family_id, agreements.KINDS_OF_AGREEMENT)
    return agreements.reason_against(event, before.body if before is not None else {}, given)


def _standing(office: Office) -> Standing:
    """What is on the laptop is on the caseload; the council asks again."""
    of_role = {Role.SUPERVISOR: Standing.TEAM, Role.CENTRE: Standing.GROUP}
    return of_role.get(office.me.worker.role, Standing.ALLOCATED)


def _require_family(office: Office, family_id: str) -> None:
    if not families.is_here(office.connection, family_id):
        raise error("family_gone")
