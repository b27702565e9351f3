"""Contents of attachments at the council: proved, gone on with after a cut, and never reachable by their hash alone."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import pytest
import requests

from sf_council.contents import Address, Directory
from sf_record.wire.rounds import ATTACHMENT_PIECE_BYTES
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop, attachment_fields
from tests.fakes.little_room import little_room
from tests.unit.council.conftest import Team, make_team

PIECE = ATTACHMENT_PIECE_BYTES


def content(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def name(laptop: PretendLaptop, family_id: str, whole: bytes, **more: Any) -> str:
    """Write an attachment of this content into the family file and return the path of the content."""
    event = laptop.event(family_id, kind="attachment", fields=attachment_fields(whole, **more))
    laptop.round(events=(event,))
    return path_of(family_id, whole)


def path_of(family_id: str, whole: bytes) -> str:
    return f"/v1/families/{family_id}/attachments/{hashlib.sha256(whole).hexdigest()}"


def bring(laptop: PretendLaptop, path: str, whole: bytes, offset: int, *, size: int | None = None) -> requests.Response:
    query = f"?offset={offset}&size={len(whole) if size is None else size}"
    return laptop.send("PUT", path + query, whole[offset : offset + PIECE])


def bring_all(laptop: PretendLaptop, path: str, whole: bytes) -> dict[str, Any]:
    state = {"received": 0, "is_complete": False}
    while not state["is_complete"]:
        answer = bring(laptop, path, whole, int(state["received"]))
        assert answer.status_code == 200, answer.content
        state = answer.json()
    return state


def fetched(laptop: PretendLaptop, path: str, size: int) -> bytes:
    whole = b""
    while len(whole) < size:
        answer = laptop.send("GET", f"{path}/content?offset={len(whole)}&length={PIECE}", b"")
        assert answer.status_code == 200, answer.content
        whole += answer.content
    return whole


def test_of_a_piece_that_does_not_fit_on_the_disk_nothing_stays(tmp_path: Path) -> None:
    """It is sent again after every round: what stayed of each try would take the last room."""
    kept, at = Directory(tmp_path), Address("council", "family", hashlib.sha256(content(PIECE)).hexdigest())
    with little_room(10_000), pytest.raises(OSError, match="File too large"):
        kept.put(at, 0, content(PIECE))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    kept.put(at, 0, content(PIECE))
    assert kept.complete(at)


def test_a_content_comes_in_pieces_and_goes_out_as_it_came(team: Team) -> None:
    whole = content(3 * PIECE + 17)
    path = name(team.practitioner, team.family, whole)
    assert team.practitioner.send("GET", path, b"").json() == {"received": 0, "is_complete": False}
    assert bring_all(team.practitioner, path, whole) == {"received": len(whole), "is_complete": True}
    assert fetched(team.supervisor, path, len(whole)) == whole


def test_a_part_that_does_not_begin_at_the_beginning_is_a_look_too(
    team: Team, council: RunningCouncil, clock: FrozenClock
) -> None:
    whole = content(3 * PIECE, seed=5)
    path = name(team.practitioner, team.family, whole)
    bring_all(team.practitioner, path, whole)

    def looks() -> int:
        asked = "SELECT count(*) FROM audit WHERE what = 'fetched_attachment'"
        return int(council.do(lambda c: c.exec_driver_sql(asked).scalar_one()))

    before = looks()
    assert team.supervisor.send("GET", f"{path}/content?offset=1&length=9", b"").status_code == 200
    assert looks() == before + 1
    fetched(team.practitioner, path, len(whole))  # one fetch in several parts is one look
    assert looks() == before + 2
    assert team.supervisor.send("GET", f"{path}/content?offset={PIECE}&length=9", b"").status_code == 200
    assert looks() == before + 2
    clock.forward(601)
    assert team.supervisor.send("GET", f"{path}/content?offset={PIECE}&length=9", b"").status_code == 200
    assert looks() == before + 3


def test_a_piece_twice_or_beyond_a_gap_changes_nothing(team: Team) -> None:
    whole = content(3 * PIECE, seed=2)
    path = name(team.practitioner, team.family, whole)
    for _ in range(2):
        assert bring(team.practitioner, path, whole, 0).json()["received"] == PIECE
    assert bring(team.practitioner, path, whole, 2 * PIECE).json()["received"] == PIECE
    bring_all(team.practitioner, path, whole)
    assert bring(team.practitioner, path, whole, 0).json() == {"received": len(whole), "is_complete": True}
    assert fetched(team.practitioner, path, len(whole)) == whole


def test_what_is_not_what_its_address_says_is_dropped(team: Team) -> None:
    whole = content(PIECE + 5, seed=3)
    path = name(team.practitioner, team.family, whole)
    bring(team.practitioner, path, whole, 0)
    forged = whole[:-1] + bytes([whole[-1] ^ 1])
    answer = bring(team.practitioner, path, forged, PIECE)
    assert (answer.status_code, answer.json()["code"]) == (409, "content_differs")
    assert team.practitioner.send("GET", path, b"").json() == {"received": 0, "is_complete": False}
    bring_all(team.practitioner, path, whole)
    assert fetched(team.practitioner, path, len(whole)) == whole


def test_a_hash_alone_opens_nothing(team: Team, council: RunningCouncil) -> None:
    whole = content(900, seed=4)
    path = name(team.practitioner, team.family, whole)
    bring_all(team.practitioner, path, whole)
    other = make_team(council)
    stranger = other.practitioner
    own = path_of(other.family, whole)
    assert stranger.send("GET", f"{path}/content", b"").status_code == 404
    assert stranger.send("GET", own, b"").status_code == 404, "no attachment of this file names it"
    assert bring(stranger, own, whole, 0).status_code == 404
    name(stranger, other.family, whole)
    assert stranger.send("GET", own, b"").json() == {"received": 0, "is_complete": False}, "it is not here by hearsay"
    assert stranger.send("GET", f"{own}/content", b"").status_code == 404


def test_work_on_a_file_that_moved_brings_its_content_and_reads_none(team: Team, council: RunningCouncil) -> None:
    whole, older = content(900, seed=5), content(901, seed=6)
    seen = name(team.practitioner, team.family, older)
    bring_all(team.practitioner, seen, older)
    council.allocate(team.family, make_team(council).usernames[0])
    path = name(team.practitioner, team.family, whole)
    assert bring_all(team.practitioner, path, whole)["is_complete"]
    assert team.practitioner.send("GET", f"{path}/content", b"").status_code == 404
    assert team.practitioner.send("GET", f"{seen}/content", b"").status_code == 404


def test_whoever_had_a_family_file_is_not_told_what_others_attached_to_it(team: Team, council: RunningCouncil) -> None:
    letter = content(900, seed=9)
    name(team.supervisor, team.family, letter)
    now = make_team(council)
    council.allocate(team.family, now.usernames[0])
    after = content(901, seed=10)
    for path, whole in (
        (path_of(team.family, letter), letter),
        (name(now.practitioner, team.family, after), after),
        (path_of(team.family, b"Nobody attached this."), b"Nobody attached this."),
    ):
        asked = team.practitioner.send("GET", path, b"")
        brought = bring(team.practitioner, path, whole, 0)
        assert {(each.status_code, each.json()["code"]) for each in (asked, brought)} == {(404, "not_found")}


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ("?offset=0&size=0", b"x", 422),
        ("?offset=0&size=99999999", b"x", 413),
        ("?offset=-1&size=9", b"x", 422),
        ("?offset=9&size=9", b"x", 422),
        ("?offset=x&size=9", b"x", 422),
        ("", b"x", 422),
        ("?offset=0&size=9", b"", 422),
        ("?offset=0&size=2000000", b"x" * 1_500_000, 413),
    ],
)
def test_what_does_not_fit_is_refused_in_the_councils_words(team: Team, query: str, body: bytes, status: int) -> None:
    path = name(team.practitioner, team.family, content(9, seed=7))
    answer = team.practitioner.send("PUT", path + query, body)
    assert answer.status_code == status, answer.content
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("sha256", ["0" * 63, "Z" * 64, "..%2f..%2fkeys", "%00" * 64, "0" * 64])
def test_only_an_address_that_is_named_is_looked_for(team: Team, sha256: str) -> None:
    for end in ("", "/content"):
        path = f"/v1/families/{team.family}/attachments/{sha256}{end}"
        assert team.practitioner.send("GET", path, b"").status_code == 404


def test_nothing_is_readable_by_others_on_the_server(team: Team, council: RunningCouncil) -> None:
    whole = content(2 * PIECE, seed=8)
    path = name(team.practitioner, team.family, whole)
    bring(team.practitioner, path, whole, 0)
    bring_all(team.practitioner, path, whole)
    root = council.settings.data / "attachments"
    files = [each for each in root.rglob("*") if each.is_file()]
    assert files
    assert all(each.stat().st_mode & 0o077 == 0 for each in files)
    at = Address(council.council.id, team.family, hashlib.sha256(whole).hexdigest())
    assert at in [each for each, _ in council.council.contents.addresses(council.council.id)]
    council.council.contents.delete(at)
    assert team.practitioner.send("GET", path, b"").json() == {"received": 0, "is_complete": False}
