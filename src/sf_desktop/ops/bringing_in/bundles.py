"""Makes a bundle ready as a family file that is new here: checked whole, then each record an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sf_desktop.ops import writing
from sf_desktop.ops.bringing_in.arriving import FileComing, Written, written
from sf_desktop.ops.bundle.reading import Bundle, Contents, judged
from sf_desktop.ops.office import Office
from sf_desktop.ops.pieces import Steps
from sf_desktop.store.coding import record_text
from sf_desktop.store.tables import attachments, families, records
from sf_desktop.store.tables.rows import shown
from sf_desktop.wording import error
from sf_record.dates import read_moment
from sf_record.kinds import KINDS
from sf_record.kinds.group import OF_GROUPS, ROOTS
from sf_record.outcomes import REASONS
from sf_record.record import Record
from sf_record.rules import agreements
from sf_record.wire.rounds import EVENT_BYTES

_PAGE_CHARACTERS, _LINE_CHARACTERS = 150_000, 1_000
LEFT_OUT = frozenset({"allocation"})  # who may see the file is decided here, not by whoever made the bundle
# A referral stands though the agreement that it was made under was withdrawn before the answer came.
_FIRST = ("person", "relationship", "status_episode", agreements.REFERRAL)


@dataclass(frozen=True, slots=True)
class BundleProblem:
    """One thing that keeps a bundle from being brought in: in which record, and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """What a bundle would bring, and everything that keeps it out."""

    family: str
    address: str
    people: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]  # (kind's name, how many)
    attachments: int
    size: int
    made_at: str
    made_by: str
    council: str
    left_out: int
    problems: tuple[BundleProblem, ...]


def check_bundle(bundle: Bundle) -> Steps[BundleCheck]:
    """Hold every record of a bundle against the rules, one at a time, and say what it would bring."""
    coming = [each for each in bundle.records if each.kind not in LEFT_OUT]
    problems = yield from _problems(bundle, coming)
    body = bundle.family.body
    return BundleCheck(
        family=str(body.get("name") or ""),
        address=", ".join(str(body[name]) for name in ("address", "postcode") if body.get(name)),
        people=tuple(_title(each) for each in coming if each.kind == "person"),
        counts=tuple(sorted(Counter(each.kind for each in coming).items())),
        attachments=len(bundle.contents),
        size=bundle.size,
        made_at=bundle.manifest.made_at,
        made_by=bundle.manifest.made_by,
        council=bundle.manifest.council_name,
        left_out=len(bundle.records) - len(coming),
        problems=problems,
    )


def make_ready(bundle: Bundle, worker_id: str) -> Steps[tuple[Written, ...]]:
    """Make the file ready, allocated, with every record under its own id; what is ready is written at once.

    What the laptop cannot write as it was (who wrote and signed each record) stands in a note in the file. Where it
    ends before it is ready, the contents that it put down are taken away again.
    """
    if (yield from _problems(bundle, [each for each in bundle.records if each.kind not in LEFT_OUT])):
        raise error("bundle_does_not_fit")
    office = yield (0, 0)
    file, contents, coming = FileComing(bundle.family_id), Contents(bundle), _in_order(bundle)
    folder = office.tx.attachments
    try:
        file.open(office, bundle.family.body, worker_id)
        for number, record in enumerate(coming):
            _put(office, file, record, contents)
            office = yield (number, len(coming))
        # What was written under an agreement stands, though somebody marked the agreement as in error afterwards.
        for record in (*(each for each in coming if each.kind == agreements.KIND), bundle.family):
            file.finish(office, record)
        for body in _notes(bundle):
            file.create(office, "note", {"type": "note", "happened_at": office.now(), **body}, sign=True)
        ready = written(file)
    except BaseException:
        attachments.erase(folder, [kept.file for kept, _ in file.contents])
        raise
    finally:
        contents.close()
    return (ready,)


def _in_order(bundle: Bundle) -> list[Record]:
    """Return what comes after the file itself: people first, then as it was written."""
    coming = [each for each in bundle.records if each.kind not in LEFT_OUT and each.id != bundle.family_id]
    rank = {kind: place for place, kind in enumerate(_FIRST)}
    return sorted(coming, key=lambda each: (rank.get(each.kind, len(rank)), each.written_at, each.id))


def _put(office: Office, file: FileComing, record: Record, contents: Contents) -> None:
    if record.kind == attachments.KIND and record.body.get("sha256"):
        content = contents.read(record)
        body = writing.clean(judged(record, content).body)
        file.contents.append((attachments.put_down(office.tx.attachments, record.id, content), body))
        file.create(office, attachments.KIND, body, record_id=record.id)
    else:
        file.create(office, record.kind, record.body, record_id=record.id, sign=record.signed is not None)
    if record.kind != agreements.KIND:
        file.finish(office, record)


def _notes(bundle: Bundle) -> Iterator[Mapping[str, str]]:
    """Say where everything came from, in as many notes as that takes."""
    pages = list(_pages(_origins(bundle)))
    for number, page in enumerate(pages, 1):
        subject = "Brought in from a bundle" + (f", {number} of {len(pages)}" if len(pages) > 1 else "")
        yield {"subject": subject, "text": page}


def _pages(lines: Iterable[str]) -> Iterator[str]:
    page: list[str] = []
    size = 0
    for line in lines:
        if page and size + len(line) > _PAGE_CHARACTERS:
            yield "\n".join(page)
            page, size = [], 0
        page.append(line)
        size += len(line) + 1
    yield "\n".join(page)


def _origins(bundle: Bundle) -> Iterator[str]:
    made = bundle.manifest
    yield (
        f"This family file was brought in from a bundle that {made.made_by} made on {_day(made.made_at)}"
        f" from the records of {made.council_name or 'another council'}. Whoever brought it in is the author of each"
        " record here; this is who wrote it before, and who signed it:\n"
    )
    for each in bundle.records:
        yield f"{_label(each)}, {_title(each)}: {'; '.join(_history(bundle, each))}"[:_LINE_CHARACTERS]


def _history(bundle: Bundle, record: Record) -> Iterator[str]:
    def who(id_: str) -> str:
        return bundle.workers.get(id_, "somebody else")

    yield f"written by {who(record.author_id)} on {_day(record.written_at)}"
    if record.signed is not None:
        yield f"signed by {who(record.signed.by)} on {_day(record.signed.at)}"
    for each in record.amendments:
        yield f"added to by {who(each.by)} on {_day(each.at)}"
    if record.in_error is not None:
        yield f"entered in error, by {who(record.in_error.by)} on {_day(record.in_error.at)}"
    for conflict in record.conflicts:
        yield f"not settled: {conflict.field} was also “{conflict.mine}”"
    if record.kind in LEFT_OUT:
        yield "not brought in"


def _problems(bundle: Bundle, coming: list[Record]) -> Steps[tuple[BundleProblem, ...]]:
    office = yield (0, 0)
    if families.standing(office.connection, bundle.family_id) is not None:
        return (BundleProblem("The family file", "It is on this laptop already"),)
    unagreed = _without_agreement(office, bundle)
    found: list[BundleProblem] = []
    for number, each in enumerate(coming):
        what = _what_is_wrong(office, bundle, each, unagreed)
        found += [BundleProblem(f"{_label(each)}, {_title(each)}", one) for one in what]
        office = yield (number, len(coming))
    return tuple(found)


def _what_is_wrong(office: Office, bundle: Bundle, record: Record, unagreed: Mapping[str, str]) -> Iterator[str]:
    if record.kind in OF_GROUPS or (record.kind in ROOTS and record.id != bundle.family_id):
        yield "This belongs to a file of its own, not to a family’s"
    elif record.id in unagreed:
        yield f"{REASONS[unagreed[record.id]].title}: it cannot be written here"
    elif record.kind not in KINDS:
        yield "This program does not know this kind of record. Install the newest version"
    elif records.is_any_here(office.connection, (record.id,)):
        yield "Another family file on this laptop has a record of this id"
    elif len(record_text(record)) > EVENT_BYTES:
        yield "It is larger than the council takes one record"
    else:
        for problem in writing.problems(office, record.kind, record.body, sign=record.signed is not None):
            yield problem.message


def _without_agreement(office: Office, bundle: Bundle) -> dict[str, str]:
    """Return, by its id, the code of why a record could not be written under what the family had agreed to by then.

    Held against what comes before it, as it will be when it is written.
    """
    found: dict[str, str] = {}
    given: list[Record] = []
    for each in _in_order(bundle):
        if each.kind in agreements.KINDS_OF_AGREEMENT:
            # An agreement that was marked as in error later allowed what was written under it.
            given.append(replace(each, in_error=None) if each.kind == agreements.KIND else each)
        elif agreements.asks(each.kind):
            is_signed = each.signed is not None
            code = agreements.lack(each.kind, each.body, office.now(), given, is_signing=is_signed)
            if code:
                found[each.id] = code
    return found


def _label(record: Record) -> str:
    kind = KINDS.get(record.kind)
    return kind.label if kind else record.kind


def _title(record: Record) -> str:
    return shown(record).title or record.id


def _day(moment: str) -> str:
    try:
        return f"{read_moment(moment):%d %B %Y}".lstrip("0")
    except ValueError:
        return "a day not known"
