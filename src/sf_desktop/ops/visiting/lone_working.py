"""Lone working: somebody goes in, is expected back, comes out; whoever is overdue is seen by all who hold the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sf_desktop.ops import writing
from sf_desktop.ops.moments import clock_words, moment_words
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.store.tables import records
from sf_desktop.wording import error
from sf_record.configuration import ContactNumber
from sf_record.dates import moment_text, read_moment
from sf_record.description import Role
from sf_record.record import Record

KIND = "under_way"
LOOKED_BACK = timedelta(days=14)  # whoever has not come out since then is looked for elsewhere than here
LONGER_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Out:
    """Somebody who has gone in and has not said that they came out. ``is_waiting``: the council does not know it."""

    id: str
    family_id: str
    family_name: str
    planned_id: str
    worker: str
    is_mine: bool
    started_at: str
    expected_at: str
    is_waiting: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OutWords:
    """The same in words. ``tone``: information, warning or danger."""

    id: str
    family_id: str
    lead: str
    advice: str
    tone: str
    is_mine: bool


def go_in(office: Office, family_id: str, minutes: int, planned_id: str = "") -> Done:
    """Say that one goes in now, and is expected back in so many minutes; InputError where one is in elsewhere."""
    if any(each.is_mine for each in out_now(office)):
        raise error("under_way_already")
    now = office.clock.now()
    body = {
        "worker": office.me.worker.id,
        "started_at": moment_text(now),
        "expected_at": moment_text(now + timedelta(minutes=minutes)),
        "planned_visit": planned_id,
    }
    return writing.create(office, KIND, family_id, body)


def take_longer(office: Office, out_id: str) -> Done:
    """Be expected back :data:`LONGER_MINUTES` later: than was said, or than now where that has passed."""
    record = writing.found(office, out_id)
    now = office.clock.now()
    expected = max(now, read_moment(str(record.body.get("expected_at") or moment_text(now))))
    return _change(office, record, expected_at=moment_text(expected + timedelta(minutes=LONGER_MINUTES)))


def come_out(office: Office, out_id: str) -> Done:
    """Say that one, or a colleague who was heard of, has come out. Said twice, it stays as it was said first."""
    record = writing.found(office, out_id)
    if record.body.get("finished_at"):
        return Done(record_id=out_id)
    return _change(office, record, finished_at=office.now())


def _change(office: Office, record: Record, **fields: str) -> Done:
    return writing.change(office, record.id, {**record.body, **fields})


@reads
def under_way(office: Office) -> tuple[Out, ...]:
    """Return who is out, one's own visit first, then the overdue; of colleagues on time only a supervisor is told."""
    is_supervisor = office.me.worker.role is Role.SUPERVISOR
    shown = [each for each in out_now(office) if each.is_mine or each.is_overdue or is_supervisor]
    return tuple(sorted(shown, key=_order))


@reads
def out_of_family(office: Office, family_id: str) -> OutWords | None:
    """Return in words who is out at a family's, one's own visit first; None where nobody is."""
    found = sorted((each for each in out_now(office) if each.family_id == family_id), key=_order)
    return in_words(office, found[0]) if found else None


def out_now(office: Office) -> list[Out]:
    """Return everybody who is out, in the family files of this laptop."""
    now = office.clock.now()
    since, until = moment_text(now - LOOKED_BACK), moment_text(now + timedelta(days=1))
    found = records.happened_between(office.connection, KIND, since, until)
    return [_out(office, each) for each in found if not each.body.get("finished_at")]


def _order(out: Out) -> tuple[bool, bool, str]:
    return not out.is_mine, not out.is_overdue, out.expected_at


def _out(office: Office, record: Record) -> Out:
    body = record.body
    family = records.get(office.connection, record.family_id)
    expected = str(body.get("expected_at") or "")
    return Out(
        id=record.id,
        family_id=record.family_id,
        family_name=str(family.body.get("name") or "") if family else "",
        planned_id=str(body.get("planned_visit") or ""),
        worker=office.configuration.worker_name(body.get("worker")),
        is_mine=body.get("worker") == office.me.worker.id,
        started_at=str(body.get("started_at") or ""),
        expected_at=expected,
        is_waiting=record.id in records.waiting_ids(office.connection, record.family_id),
        is_overdue=expected < office.now(),
    )


def in_words(office: Office, out: Out) -> OutWords:
    """Say it with what to do: whom to ring stands in the council's configuration."""
    if out.is_mine:
        lead, advice, tone = _mine(office, out)
    else:
        lead, advice, tone = _theirs(office, out)
    return OutWords(out.id, out.family_id, lead, advice, tone, out.is_mine)


def _back(out: Out, office: Office) -> str:
    words, clock = moment_words(out.expected_at, office.today()), clock_words(out.expected_at)
    return f"at {clock}" if words == clock else words.replace("Tomorrow", "tomorrow").replace("Yesterday", "yesterday")


def _mine(office: Office, out: Out) -> tuple[str, str, str]:
    back = _back(out, office)
    ring = numbers_words(office.configuration.lone_numbers)
    if out.is_overdue:
        return (
            f"You were expected back {back}",
            f"Say that you are out, or how much longer it takes. {ring}",
            "danger",
        )
    lead = f"You are with {out.family_name} since {clock_words(out.started_at)}, expected back {back}"
    if out.is_waiting:
        return lead, f"Not sent yet: nobody else can see this. Ring before you go in. {ring}", "warning"
    return lead, "The council has it: your supervisor sees it, and when you are overdue.", "information"


def _theirs(office: Office, out: Out) -> tuple[str, str, str]:
    back = _back(out, office)
    if not out.is_overdue:
        lead = f"{out.worker} is with {out.family_name} since {moment_words(out.started_at, office.today())}"
        return lead, f"Expected back {back}.", "information"
    advice = "Ring them: they may be out where there is no signal. If they do not answer: "
    ring = numbers_words(office.configuration.lone_numbers)
    return f"{out.worker} was expected back from {out.family_name} {back}", f"{advice}{ring}", "danger"


def numbers_words(numbers: tuple[ContactNumber, ...]) -> str:
    """Say whom to ring, in the council's order."""
    return "; ".join(f"{each.label} {each.number}" for each in numbers) + "."
