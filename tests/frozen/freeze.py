"""Freezes a vault of the program as it stands, with its council, for the tests of every later version.

Once at each release, from its own checkout: ``python -m tests.frozen.freeze tests/frozen/NAME.zip``. What is in the
file (a passphrase, keys of a pretend council, invented families) is of use for these tests and for nothing else.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.firstrun.joining import Joined, Joining, Place
from sf_desktop.ops.opening import office_maker
from sf_desktop.ops.visiting import visits
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import families
from sf_record.dates import moment_text
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.keyring import FileSecrets

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "pretend kettle orbit lantern"
LEFT_OUT = {"ballast", "lock", "council.sqlite-wal", "council.sqlite-shm"}


def freeze(target: Path, folder: Path) -> None:
    """Make council and laptop, join them, work while the council is away, and pack both."""
    clock = FrozenClock(NOW)
    (folder / "council").mkdir()
    with RunningCouncil(folder / "council", clock=clock) as council:
        council.seed(3, records_per_family=20)
        place = Place(folder / "vaults", lambda _: FileSecrets(folder / "keyring"), FLOOR)
        joining = Joining(place, clock)
        joining.greet(council.url).result()
        joining.sign_in("practitioner", PASSWORD, council.code("practitioner")).result()
        joining.create(PASSPHRASE).result()
        joined = joining.load(lambda _: None).result()
        joining.close()
    expected = _worked(joined, clock)
    joined.vault.close()
    (folder / "expected.json").write_text(json.dumps(expected, indent=1))
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in LEFT_OUT:
                packed.write(path, path.relative_to(folder))


def _worked(joined: Joined, clock: FrozenClock) -> dict[str, Any]:
    """Fill the outbox, leave drafts open, and write down all that must be there later."""
    make_office = office_maker(clock)

    def do(verb: Any, *args: Any, **more: Any) -> Any:
        clock.forward(60)
        return joined.vault.do(lambda tx: verb(make_office(tx), *args, **more)).result()

    family_ids = sorted(joined.vault.read(lambda tx: families.cursors(tx.connection)).result())
    for number, family_id in enumerate(family_ids):
        at = moment_text(clock.now())
        body = {"type": "note", "happened_at": at, "text": f"A pretend note that waits, number {number}."}
        written = do(writing.create, "note", family_id, body, sign=number != 0)
        if number == 0:
            do(writing.change, written.record_id, {**body, "text": "A pretend note that was changed and waits."})
            do(writing.sign, written.record_id)
        do(writing.amend, written.record_id, f"A pretend amendment, number {number}.")
        visit = do(visits.start_visit, family_id)
        do(
            drafting.save,
            visit.id,
            {**visit.body, "story": f"A pretend visit, begun, number {number}."},
            {"field": "story"},
        )
        note = do(
            drafting.begin, "note", family_id, {"type": "note", "text": f"A pretend note, begun, number {number}."}
        )
        do(drafting.save, note.id, note.body, {"field": "text"})
    return joined.vault.read(lambda tx: _what_is_there(tx.connection)).result()


def _what_is_there(connection: Any) -> dict[str, Any]:
    rows = connection.execute(
        "SELECT record.id, record.kind, paper.wire FROM record JOIN paper ON paper.id = record.paper ORDER BY record.id"
    ).fetchall()
    drafts = connection.execute("SELECT id, kind, family_id, place, body FROM draft ORDER BY id").fetchall()
    found = entries.chosen(connection, entries.numbers(connection))
    return {
        "passphrase": PASSPHRASE,
        "username": "practitioner",
        "records": {str(row[0]): json.loads(row[2]) for row in rows},
        "drafts": {
            str(row[0]): {"kind": row[1], "place": json.loads(row[3]), "body": json.loads(row[4])} for row in drafts
        },
        "waiting": [each.event.id for each in sorted(found, key=lambda each: each.number)],
    }


def main() -> None:
    target = Path(sys.argv[1]).resolve()
    folder = Path(tempfile.mkdtemp())
    try:
        freeze(target, folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
