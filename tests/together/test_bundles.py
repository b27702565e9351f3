"""A family goes from one council to another as a bundle, a caseload comes from a spreadsheet; each is judged there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

from sf_desktop.ops import writing
from sf_desktop.ops.attaching import attachments, intake
from sf_desktop.ops.bringing_in import arriving, bundles, caseloads
from sf_desktop.ops.bundle import exporting
from sf_desktop.ops.bundle.reading import read_bundle
from sf_desktop.ops.caseload.grids import read_grids
from sf_desktop.ops.caseload.judging import judge
from sf_desktop.ops.pieces import Pieces, Steps, go_on
from sf_desktop.store.tables import records
from sf_record.record import Record
from tests.builders.laptops import Laptop
from tests.builders.pictures import png
from tests.builders.towns import Town
from tests.builders.vaulted import VaultedLaptop, vaulted
from tests.builders.workbooks import saved, workbook
from tests.fakes.clock import FrozenClock
from tests.together.weathers import EVERY, Exchange

R = TypeVar("R")


def worked(laptop: Laptop, steps: Callable[[], Steps[R]]) -> R:
    """Do long work as the window asks for it: a piece at a time."""
    pieces = Pieces(steps)
    while not pieces.is_done:
        laptop.do(go_on, pieces)
    return pieces.result


def exported(laptop: Laptop, family_id: str, path: Path) -> Path:
    export = laptop.do(exporting.begin, family_id, str(path))
    while not exporting.write(export, laptop.do(exporting.go_on, export)).is_paper_next:
        pass
    exporting.write(export, exporting.paper_piece(b"%PDF-"))
    assert exporting.put_in_place(export, laptop.do(exporting.manifest, export)).is_done
    laptop.do(exporting.forget, export)
    return path


def told(record: Record) -> tuple[Any, ...]:
    return record.kind, dict(record.body), record.signed is not None, tuple(each.text for each in record.amendments)


def every(laptop: Laptop, family_id: str) -> dict[str, tuple[Any, ...]]:
    ids = laptop.read(records.ids_of_family, family_id)
    return {each: told(laptop.record(each)) for each in ids if laptop.record(each).kind != "allocation"}


def test_from_one_council_to_another_nothing_is_lost(town: Town, clock: FrozenClock, tmp_path: Path) -> None:
    worker: VaultedLaptop = vaulted(town)
    worker.round()
    family_id = worker.families()[0]
    note = worker.note("Pretend words.", family_id, sign=True)
    worker.do(writing.amend, note, "A pretend amendment.")
    held = worker.do(attachments.attach, attachments.Target(family_id), intake.take(png(), "pretend.png")).record_id
    worker.do(attachments.add, held)
    worker.round()
    path = exported(worker, family_id, tmp_path / "out.zip")
    before = every(worker, family_id)
    (tmp_path / "elsewhere").mkdir()
    with ExitStack() as stack:
        other = Town(tmp_path / "elsewhere", clock, stack)
        other.council.seed(1, records_per_family=4, seed=9)
        boss, colleague = other.loaded("supervisor"), other.loaded("practitioner")
        bundle = read_bundle(str(path))
        assert not worked(boss, lambda: bundles.check_bundle(bundle)).problems
        boss.do(arriving.write, worked(boss, lambda: bundles.make_ready(bundle, colleague.me.worker.id)))
        boss.round()
        assert boss.counts().needs_you == 0
        assert not boss.waiting()
        colleague.round()
        after = every(colleague, family_id)
    assert {key: after.get(key) for key in before} == before
    (origin,) = after.keys() - before.keys()
    assert "Pretend practitioner" in after[origin][1]["text"]


@EVERY
def test_a_caseload_from_a_spreadsheet_is_with_its_worker(town: Town, exchange: Exchange, tmp_path: Path) -> None:
    worker, boss = town.loaded("practitioner"), town.loaded("supervisor")
    had = set(worker.families())
    found = read_grids(saved(tmp_path, workbook()))
    caseload = worked(boss, lambda: judge(found))
    boss.do(arriving.write, worked(boss, lambda: caseloads.make_ready(caseload, worker.me.worker.id)))
    exchange(town, boss)
    boss.round()
    assert boss.counts().needs_you == 0
    worker.round()
    new = set(worker.families()) - had
    assert new == {each.family_id for each in caseload.families}
    for family in caseload.families:
        bodies = {each.record_id: dict(each.body) for each in family.records}
        assert {key: dict(worker.record(key).body) for key in bodies} == bodies
        assert worker.record(family.family_id).body == family.body
