"""Every laptop's audit at the council: taken once, in order, signed; each tampered row is named, on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from sf_council.cli import main
from sf_council.database import audit
from sf_council.database import tables as t
from sf_council.database.laptop import laptop_audit
from sf_council.signed import is_signed
from sf_record.wire.audit import AUDIT_HEAD, AuditRow, Head, linked, read_head
from sf_record.wire.orders import Signed
from tests.builders.chains import chained, give, head_of, signed_head
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.unit.council.conftest import Team


def own_rows(council: RunningCouncil, laptop: PretendLaptop) -> list[tuple[str, str]]:
    asked = select(t.audit.c.what, t.audit.c.code).where(t.audit.c.device_id == laptop.device_id)
    return [(row.what, row.code) for row in council.do(lambda c: c.execute(asked).all())]


def test_rows_are_taken_once_and_in_order(team: Team) -> None:
    rows = chained(team.practitioner, 5, team.family)
    assert give(team.practitioner, rows[:3]).number == 3
    again = give(team.practitioner, rows)
    assert (again.number, again.chain, again.refused, again.agreed) == (5, rows[-1].chain, "", 3)
    assert give(team.practitioner, ()).number == 5
    council = team.council
    kept = council.do(lambda c: list(laptop_audit.rows(c, council.council.id, team.practitioner.device_id)))
    assert kept == rows


def test_a_gap_and_a_fork_are_refused_and_reported_once(team: Team) -> None:
    rows = chained(team.practitioner, 6)
    give(team.practitioner, rows[:3])
    for _ in range(2):
        assert give(team.practitioner, rows[4:]).refused == "gap"
    other = chained(team.practitioner, 2, before=head_of(rows[:2]))
    for _ in range(2):
        answer = give(team.practitioner, [*rows[:2], *other])
        assert (answer.refused, answer.number, answer.agreed) == ("fork", 3, 2)
    assert give(team.practitioner, rows).refused == ""
    reported = [each for each in own_rows(team.council, team.practitioner) if each[0].startswith("laptop_audit")]
    assert reported == [
        ("laptop_audit_refused", "gap"),
        ("laptop_audit_refused", "fork"),
        ("laptop_audit_resumed", ""),
    ]


def test_rows_need_the_laptops_own_signature_over_their_head(team: Team) -> None:
    rows = chained(team.practitioner, 2)
    wrong = (
        signed_head(team.practitioner, Head(number=1, chain=rows[0].chain)),
        signed_head(team.supervisor, head_of(rows)),
        replace(signed_head(team.practitioner, head_of(rows)), signature="AAAA"),
        Signed(text="", signature=""),
    )
    for head in wrong:
        assert give(team.practitioner, rows, head=head).refused == "head"
    assert give(team.practitioner, rows).refused == ""


@pytest.mark.parametrize(
    "change",
    [
        {"family_id": "Pretend family Alder"},
        {"record_id": "x"},
        {"what": "a name"},
        {"code": "Pretend\x00"},
        {"code": "Alder!" * 30},
        {"ids": "one two"},
        {"at": "today"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"number": 2**63 - 1},
        {"number": -1},
        {"chain": "short"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_no_id_and_no_code_is_not_taken(team: Team, change: dict[str, Any]) -> None:
    row = replace(chained(team.practitioner, 1)[0], **change)
    body = {"protocol": 1, "rows": [row], "head": signed_head(team.practitioner, Head())}
    answer = team.practitioner.send("POST", "/v1/audit", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "body_invalid")


def test_a_laptop_keeps_the_councils_head_and_the_council_is_told_where_it_was_rewritten(team: Team) -> None:
    council, laptop = team.council, team.practitioner
    council_id = council.council.id
    shown = give(laptop, chained(laptop, 1)).council
    assert is_signed(shown, AUDIT_HEAD, council.council.keys.policy)
    head = read_head(council_id, shown.text)
    assert head == council.do(lambda c: audit.head(c, council_id))
    assert head is not None
    kept = council.do(lambda c: c.execute(select(t.audit.c.chain).where(t.audit.c.number == head.number)).scalar_one())
    own = (t.audit.c.council_id == council_id) & (t.audit.c.number == head.number)
    council.do(lambda c: c.execute(update(t.audit).where(own).values(chain="0" * 64)))
    try:
        for _ in range(2):
            later = give(laptop, (), council=shown).council
        assert own_rows(council, laptop).count(("own_audit_differs", str(head.number))) == 1
        give(laptop, (), council=later)
        assert own_rows(council, laptop)[-1] == ("own_audit_differs", str(head.number))
    finally:
        council.do(lambda c: c.execute(update(t.audit).where(own).values(chain=kept)))


def command(council: RunningCouncil, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    settings = council.settings
    code = main([*words, "--database", settings.database, "--data", str(settings.data)])
    return code, capsys.readouterr().out


def test_who_looked_at_a_family_file_is_listed(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    rows = chained(team.practitioner, 2, team.family)
    search = AuditRow(
        number=3, at=rows[0].at, what="searched", ids=f"{team.families[1]} {team.family}", code="2", chain=""
    )
    give(team.practitioner, [*rows, replace(search, chain=linked(rows[-1].chain, search))])
    give(team.supervisor, chained(team.supervisor, 1, team.families[1]))
    code, said = command(team.council, capsys, "looks", team.family)
    heading, *lines = [line.split() for line in said.splitlines()[:-1]]
    assert code == 0
    assert heading == ["WHEN", "(UTC)", "WHO", "LAPTOP", "WHAT", "RECORD", "CODE"]
    assert [(line[1], line[3]) for line in lines] == [
        (team.usernames[0], "family_opened"),
        (team.usernames[0], "family_opened"),
        (team.usernames[0], "searched"),
    ]
    day = team.council.clock.now().date().isoformat()
    said = command(team.council, capsys, "looks", team.family, "--from", day, "--to", day)[1]
    # That it was listed is audited too, by the real clock: it may be that same day.
    assert len([line for line in said.splitlines()[1:-1] if "looks_listed" not in line]) == 3
    assert (
        command(team.council, capsys, "looks", team.family, "--to", "2020-01-01")[1]
        == "Nothing is known of it in these days.\n"
    )
    # Days the wrong way round would read as if nobody had looked.
    assert command(team.council, capsys, "looks", team.family, "--from", day, "--to", "2020-01-01") == (1, "")


def test_a_history_and_work_in_the_tray_that_the_council_showed_are_listed_with_the_family_file(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    """The council knows of these by itself, whatever the laptop that asked says of them."""
    note = team.practitioner.note(team.family)
    other = team.practitioner.note(team.families[1])
    assert len(team.practitioner.round(events=(note, other)).outcomes) == 2
    for each in (note, other):
        path = f"/v1/families/{each.family_id}/records/{each.record_id}/history"
        assert team.supervisor.send("GET", path).status_code == 200
    code, said = command(team.council, capsys, "looks", team.family)
    found = [line.split() for line in said.splitlines()[1:-1]]
    assert code == 0
    assert [(line[1], line[4]) for line in found if line[3] == "looked_at_history"] == [
        (team.usernames[1], note.record_id)
    ]


# --- what a command says of tampering, at either side; each kind of it: tests/faults/rows/audit.py ---


def test_the_command_names_the_laptop_and_the_row(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    council, laptop = team.council, team.supervisor
    rows = chained(laptop, 4)
    give(laptop, rows)
    assert command(council, capsys, "audit")[0] == 0
    mine = (t.laptop_audit.c.device_id == laptop.device_id) & (t.laptop_audit.c.number == 3)
    council.do(lambda c: c.execute(update(t.laptop_audit).where(mine).values(what="locked")))
    try:
        code, said = command(council, capsys, "audit")
        assert code == 1
        assert f"laptop {laptop.device_id}: row 3 is not as it was sent" in said
    finally:
        council.do(lambda c: c.execute(update(t.laptop_audit).where(mine).values(what=rows[2].what)))


def test_a_whole_chain_that_somebody_made_anew_lacks_the_laptops_signature(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    council, laptop = team.council, team.practitioner
    rows = chained(laptop, 3)
    give(laptop, rows)
    mine = t.laptop_audit_head.c.device_id == laptop.device_id
    false = chained(laptop, 2)

    def rewrite(connection: Connection, wanted: Sequence[AuditRow]) -> None:
        connection.execute(delete(t.laptop_audit).where(t.laptop_audit.c.device_id == laptop.device_id))
        laptop_audit.add(connection, council.council.id, laptop.device_id, wanted, "")
        connection.execute(update(t.laptop_audit_head).where(mine).values(number=len(wanted), chain=wanted[-1].chain))

    council.do(lambda c: rewrite(c, false))
    try:
        code, said = command(council, capsys, "audit")
        assert code == 1
        assert f"laptop {laptop.device_id}: the head is not the one that it signed" in said
    finally:
        council.do(lambda c: rewrite(c, rows))


def test_a_head_on_paper_is_compared(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    council = team.council
    head = council.do(lambda c: audit.head(c, council.council.id))
    assert command(council, capsys, "audit", "--head", str(head.number), head.chain)[0] == 0
    assert command(council, capsys, "audit", "--head", str(head.number), "0" * 64)[0] == 1
    assert command(council, capsys, "audit", "--head", "x", head.chain)[0] == 1


# --- what rounds and pulls show ---


def sent_rows(council: RunningCouncil, laptop: PretendLaptop) -> dict[str, int]:
    council.council.sendings.flush()
    asked = select(t.audit.c.subject, t.audit.c.code).where(
        t.audit.c.device_id == laptop.device_id, t.audit.c.what == "sent"
    )
    found: dict[str, int] = {}
    for row in council.do(lambda c: c.execute(asked).all()):
        found[row.subject] = found.get(row.subject, 0) + int(row.code)
    return found


def test_what_a_pull_and_a_round_showed_is_audited_and_an_empty_round_leaves_no_row(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    laptop, council = team.practitioner, team.council
    lines = [line for line in laptop.pull({}) if "end" not in line]
    shown = {family_id: len([1 for line in lines if line["family_id"] == family_id]) for family_id in team.families}
    assert sent_rows(council, laptop) == shown
    cursors = team.cursors()
    before = sent_rows(council, laptop)
    head = council.do(lambda c: audit.head(c, council.council.id))
    laptop.round(cursors=cursors)
    council.council.sendings.flush()
    assert council.do(lambda c: audit.head(c, council.council.id)) == head
    team.supervisor.round(cursors={}, events=(team.supervisor.note(team.family),))
    laptop.round(cursors=cursors)
    after = sent_rows(council, laptop)
    assert after[team.family] == before[team.family] + 1
    assert after[team.families[1]] == before[team.families[1]]
    assert council.do(lambda c: audit.first_broken(c, council.council.id)) is None
    said = command(council, capsys, "looks", team.family)[1]
    assert f"  {team.usernames[0]}  {laptop.device_id}" in said


def test_what_was_sent_is_written_when_the_server_stops(team: Team) -> None:
    team.practitioner.pull({})
    team.council.restart()
    asked = select(t.audit.c.subject).where(
        t.audit.c.device_id == team.practitioner.device_id, t.audit.c.what == "sent"
    )
    assert set(team.council.do(lambda c: c.execute(asked).scalars().all())) == set(team.families)
